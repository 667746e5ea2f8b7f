// /api/projects/: projects, their people, roles, end and return.
import { type Api, action, create, destroy, detail, list, update } from '../../platform/http/api.ts'
import { render } from '../../platform/http/collection.ts'
import type { Call } from '../../platform/http/operation.ts'
import { viewSchema } from '../../platform/http/view.ts'
import { customerIsOpen } from '../customers/policy.ts'
import { roleGrantRoutes } from '../roles/grants.routes.ts'
import { createProject, mayAddMembers, moveProject, updateProject } from './commands.ts'
import { type Project, projects } from './list.ts'
import { othersThan, otherUsers } from './other-users.ts'
import { mayCreateProject, mayDeleteProject, mayUpdateProject } from './policy.ts'
import { projectIsLive, projectIsRemoved, recoverProject, removeProject } from './removal.ts'
import { moveBody, projectBody, type RecoveryInput, recoveryBody } from './schema.ts'
import { projectView } from './view.ts'

export function projectRoutes(api: Api): void {
  list(api, projects)
  detail(api, projects)
  create(api, projects, {
    summary: 'Create a project in an organization',
    body: projectBody,
    allowed: (actor, { customer }) => mayCreateProject(actor, customer.id),
    run: createProject,
  })
  update(api, projects, {
    summary: 'Change a project',
    permission: mayUpdateProject,
    checks: [projectIsLive, customerIsOpen],
    body: projectBody,
    run: updateProject,
  })
  destroy(api, projects, {
    summary: 'Remove a project without active resources',
    permission: mayDeleteProject,
    checks: [projectIsLive, customerIsOpen],
    run: (call: Call<Project>) => removeProject(call, call.row),
  })
  action(api, projects, 'move_project', {
    summary: 'Give a project to another organization',
    permission: (actor) => actor.is_staff,
    checks: [projectIsLive],
    body: moveBody,
    answer: projectView,
    run: moveProject,
  })
  recoverRoute(api)
  roleGrantRoutes(api, {
    collection: projects,
    type: 'project',
    permissions: { add: 'PROJECT.CREATE_PERMISSION', update: 'PROJECT.UPDATE_PERMISSION', delete: 'PROJECT.DELETE_PERMISSION' },
    sources: ({ id, customer_id }) => [
      ['project', id],
      ['customer', customer_id],
    ],
    unavailable: ({ is_removed }) => (is_removed ? 'Cannot manage team members for terminated projects.' : undefined),
  })
  peopleRoutes(api)
}

const RECOVERY_INFO = {
  type: 'object',
  properties: { restored_members: { type: 'integer' }, invited_members: { type: 'integer' } },
  required: ['restored_members', 'invited_members'],
}

/** The answer is the project, and beside it what became of its people (platform.md §11.1). */
function recoverRoute(api: Api): void {
  const { properties, required, ...schema } = viewSchema(projectView) as { properties: object; required: string[] }
  action(api, projects, 'recover', {
    summary: 'Bring a removed project back',
    permission: (actor, { customer_id }) => mayCreateProject(actor, customer_id),
    checks: [customerIsOpen, projectIsRemoved],
    body: recoveryBody,
    answer: { ...schema, properties: { ...properties, recovery_info: RECOVERY_INFO }, required: [...required, 'recovery_info'] },
    run: async (call: Call<Project, RecoveryInput>) => {
      const recovery_info = await recoverProject(call)
      return { ...JSON.parse(await render(call.tx, projectView, call.viewer, call.row.id)), recovery_info }
    },
  })
}

function peopleRoutes(api: Api): void {
  list(api, otherUsers, {
    summary: 'List people of the organization who could be added to the project',
    under: { of: projects, permission: mayAddMembers, where: othersThan },
  })
}
