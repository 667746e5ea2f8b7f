// What may be written about a group of organizations. Only staff does.
import { refused } from '../../platform/http/errors.ts'
import { linkTo } from '../../platform/http/links.ts'
import type { Call } from '../../platform/http/operation.ts'
import { body, nullable, optional, type Parsed, text } from '../../platform/http/shapes.ts'
import { type OrganizationGroup, organizationGroups } from './list.ts'

export const organizationGroupBody = body('OrganizationGroupRequest', {
  name: text({ max: 150 }),
  parent: optional(nullable(linkTo(organizationGroups))),
})
type Input = Parsed<typeof organizationGroupBody>

export async function createOrganizationGroup({ tx, input }: Call<undefined, Input>): Promise<number> {
  const { id } = await tx
    .insertInto('organization_group')
    .values({ name: input.name, parent_id: input.parent?.id ?? null })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** Changes name and parent; a group cannot come to lie in itself. */
export async function updateOrganizationGroup({ tx, row, input }: Call<OrganizationGroup, Partial<Input>>): Promise<number> {
  if (input.parent && (await liesIn(tx, input.parent.id, row.id))) throw refused('A group cannot be its own parent.')
  const changes = {
    ...(input.name !== undefined && { name: input.name }),
    ...(input.parent !== undefined && { parent_id: input.parent?.id ?? null }),
  }
  if (Object.keys(changes).length > 0) await tx.updateTable('organization_group').set(changes).where('id', '=', row.id).execute()
  return row.id
}

async function liesIn(tx: Call['tx'], groupId: number, ancestorId: number): Promise<boolean> {
  const found = await tx
    .withRecursive('above', (db) =>
      db
        .selectFrom('organization_group')
        .select(['id', 'parent_id'])
        .where('id', '=', groupId)
        .union(db.selectFrom('organization_group as g').innerJoin('above', 'above.parent_id', 'g.id').select(['g.id', 'g.parent_id'])),
    )
    .selectFrom('above')
    .select('id')
    .where('id', '=', ancestorId)
    .executeTakeFirst()
  return found !== undefined
}

export async function deleteOrganizationGroup({ tx, row }: Call<OrganizationGroup>): Promise<void> {
  await tx.deleteFrom('organization_group').where('id', '=', row.id).execute()
}
