// The answer of /api/metadata/permissions/.
import {
  GRANTING_PERMISSIONS,
  KNOWN_ROLES,
  NEWER_PERMISSIONS,
  PERMISSION_GROUPS,
  PERMISSIONS,
  type Permission,
} from '../roles/permissions.ts'

const names = Object.keys(PERMISSIONS) as Permission[]
const subjectOf = (name: string) => name.split('.')[0] ?? ''

/** `OFFERING.UPDATE_PLAN` → `UPDATE_OFFERING_PLAN`: the names that interfaces of the field give to permissions. */
const constantOf = (name: string) => {
  const [subject = '', rest = ''] = name.split('.')
  const [verb = '', ...object] = rest.split('_')
  return [verb, subject, ...object].join('_')
}

export const permissionMetadata = () => ({
  roles: Object.fromEntries(KNOWN_ROLES.map((role) => [role.replace('.', '_'), role])),
  permissions: Object.fromEntries(names.filter((name) => !NEWER_PERMISSIONS.includes(name)).map((name) => [constantOf(name), name])),
  permission_map: GRANTING_PERMISSIONS,
  permission_descriptions: PERMISSION_GROUPS.map(({ label, icon, subjects }) => ({
    label,
    icon,
    options: names.filter((name) => subjects.includes(subjectOf(name))).map((value) => ({ label: PERMISSIONS[value], value })),
  })),
})
