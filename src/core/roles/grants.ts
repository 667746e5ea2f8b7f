// Giving, prolonging and ending roles, with their events and reactions. Whoever does it has decided that it is allowed.
// A grant is never deleted: it is ended and keeps who and when (platform.md §7.4).
import { type RawBuilder, sql } from 'kysely'
import { type Db, run, type Tx } from '../../platform/db/database.ts'
import { newEvent } from '../../platform/events/kinds.ts'
import { prefixed, recordEvents } from '../../platform/events/record.ts'
import type { Condition } from '../../platform/http/filters.ts'
import { forEach } from '../../platform/jobs/for-each.ts'
import type { Context, Job } from '../../platform/wiring.ts'
import { type RoleEventType, roleEvents } from './events.ts'
import { scopeOf } from './scopes.ts'

export type GrantScope = { type: string; id: number }

/** A grant with what events say about it. */
export type HeldGrant = {
  id: number
  user_id: number
  role_id: number
  role: string
  scope_type: string
  scope_id: number
  expiration_time: string | null
  affected_user: { uuid: string; username: string; full_name: string; native_name: string; email: string }
}

/** Roles of a person are given and taken by one transaction at a time: what follows from one of them depends on the others. */
const holdPeople = (tx: Tx, people: RawBuilder<unknown>) =>
  run(tx, sql`select from "user" person where person.id in (${people}) order by person.id for no key update`)

/** The grants that `where` names (over `g` and `r`), oldest first; those who hold them are held before. */
async function readGrants(tx: Tx, where: Condition, from: 'role_grant' | 'live_grant' = 'role_grant'): Promise<HeldGrant[]> {
  await holdPeople(tx, sql`select g.user_id from ${sql.raw(from)} g join role r on r.id = g.role_id where ${where}`)
  return run(
    tx,
    sql<HeldGrant>`select g.id, g.user_id, g.role_id, r.name as role, g.scope_type, g.scope_id, wire_time(g.expiration_time) as expiration_time,
      json_build_object('uuid', wire_uuid(u.uuid), 'username', u.username, 'full_name', u.full_name, 'native_name', u.native_name,
        'email', u.email) as affected_user
      from ${sql.raw(from)} g join role r on r.id = g.role_id join "user" u on u.id = g.user_id
      where ${where} order by g.id for update of g`,
  )
}

const sameGrant = ({ user_id, role_id, scope }: { user_id: number; role_id: number; scope: GrantScope }): Condition =>
  sql`g.user_id = ${user_id} and g.role_id = ${role_id} and g.scope_type = ${scope.type} and g.scope_id = ${scope.id}`

/** The grant of a role to a user on a scope that counts now, locked; the user is held, also when there is none. */
export async function findGrant(tx: Tx, grant: { user_id: number; role_id: number; scope: GrantScope }): Promise<HeldGrant | undefined> {
  await holdPeople(tx, sql`${grant.user_id}::bigint`)
  return (await readGrants(tx, sameGrant(grant), 'live_grant'))[0]
}

/** All grants on a scope that count now, locked. */
export const grantsOn = (tx: Tx, scope: GrantScope): Promise<HeldGrant[]> =>
  readGrants(tx, sql`g.scope_type = ${scope.type} and g.scope_id = ${scope.id}`, 'live_grant')

const SCOPE = sql.raw(scopeOf('g.scope_type', 'g.scope_id'))

type ScopeFacts = {
  uuid: string
  name: string
  customer: { id: number; uuid: string; name: string; abbreviation: string; native_name: string }
}

async function scopeFacts(tx: Tx, { type, id }: GrantScope): Promise<ScopeFacts | undefined> {
  const [found] = await run(
    tx,
    sql<ScopeFacts>`select wire_uuid(s.uuid) as uuid, s.name, json_build_object('id', c.id, 'uuid', wire_uuid(c.uuid), 'name', c.name,
        'abbreviation', c.abbreviation, 'native_name', c.native_name) as customer
      from (select ${type}::text as scope_type, ${id}::bigint as scope_id) g cross join lateral (${SCOPE}) s
      join customer c on c.id = s.customer_id`,
  )
  return found
}

const nameOf = ({ affected_user }: HeldGrant) => affected_user.full_name || affected_user.username

/** Records what happened to a grant. `before` is the former expiry of an updated one. */
async function tell(context: Context, type: RoleEventType, grant: HeldGrant, before: string | null = null): Promise<void> {
  const { scope_type, scope_id, user_id, role, expiration_time } = grant
  const scope = await scopeFacts(context.tx, { type: scope_type, id: scope_id })
  const { id: customerId = null, ...customer } = scope?.customer ?? {}
  const event = newEvent(roleEvents, type, {
    words: { user: nameOf(grant), role, scope: scope?.name ?? scope_type, before: before ?? 'never', now: expiration_time ?? 'never' },
    context: {
      ...prefixed('affected_user', grant.affected_user),
      ...(scope && prefixed(scope_type, { uuid: scope.uuid, name: scope.name })),
      ...prefixed('customer', customer),
      scope_type,
      scope_uuid: scope?.uuid,
      scope_name: scope?.name,
      role_name: role,
    },
    scopes: [
      [scope_type, scope_id],
      ['customer', customerId],
      ['user', user_id],
    ],
    facts: { user_id, role, scope_type, scope_id, expiration_time },
  })
  await recordEvents(context, [event])
}

/** A role for a user on a scope: until a moment (ISO text), or for good (null). */
export type NewGrant = { user_id: number; role_id: number; scope: GrantScope; expiration_time: string | null }

/** Whether a grant until `held` already covers one until `asked`. */
export const covers = (held: string | null, asked: string | null): boolean =>
  held === null || (asked !== null && Date.parse(held) >= Date.parse(asked))

/**
 * Gives a role. One that is held but ends earlier is prolonged, one that is held as long stays as it is.
 * Returns the wire form of the grant's expiry.
 */
export async function grantRole(context: Context, grant: NewGrant): Promise<string | null> {
  const { tx, actor } = context
  const held = await findGrant(tx, grant)
  if (held)
    return covers(held.expiration_time, grant.expiration_time) ? held.expiration_time : changeGrant(context, held, grant.expiration_time)
  await endLapsed(context, sameGrant(grant))
  // Two at once that give the same role: the second finds the first's grant.
  const [made] = await run(
    tx,
    sql<{ id: number }>`insert into role_grant (user_id, role_id, scope_type, scope_id, expiration_time, created_by_id)
      values (${grant.user_id}, ${grant.role_id}, ${grant.scope.type}, ${grant.scope.id}, ${grant.expiration_time}::timestamptz, ${actor?.id ?? null})
      on conflict (user_id, role_id, scope_type, scope_id) where is_active do nothing returning id`,
  )
  if (!made) return grant.expiration_time
  const [stored] = await readGrants(tx, sql`g.id = ${made.id}`)
  if (!stored) return grant.expiration_time
  await tell(context, 'role_granted', stored)
  return stored.expiration_time
}

/** Sets the expiry of a grant; no event when it stays the same. Returns its wire form. */
export async function changeGrant(context: Context, grant: HeldGrant, expiration_time: string | null): Promise<string | null> {
  const { tx } = context
  await run(tx, sql`update role_grant set expiration_time = ${expiration_time}::timestamptz where id = ${grant.id}`)
  const [stored] = await readGrants(tx, sql`g.id = ${grant.id}`)
  if (stored && stored.expiration_time !== grant.expiration_time) await tell(context, 'role_updated', stored, grant.expiration_time)
  return stored?.expiration_time ?? null
}

/** Ends grants now, or at their expiry where that has passed. */
export async function revokeGrants(context: Context, grants: readonly HeldGrant[]): Promise<void> {
  const { tx, actor } = context
  for (const grant of grants) {
    const ended = await run(
      tx,
      sql`update role_grant set is_active = false, expiration_time = least(expiration_time, now()), revoked = now(),
        revoked_by_id = ${actor?.id ?? null} where id = ${grant.id} and is_active returning id`,
    )
    if (ended.length > 0) await tell(context, 'role_revoked', grant)
  }
}

/** Takes a role, by its name, from a user on a scope; nothing happens when it is not held. */
export async function revokeRole(context: Context, grant: { user_id: number; role: string; scope: GrantScope }): Promise<void> {
  const { user_id, role, scope } = grant
  const held = await readGrants(
    context.tx,
    sql`g.user_id = ${user_id} and r.name = ${role} and g.scope_type = ${scope.type} and g.scope_id = ${scope.id} and g.is_active`,
  )
  await revokeGrants(context, held)
}

/** As `grantRole`, with the role's name; nothing happens while no such role is active. */
export async function grantRoleNamed(context: Context, { role, ...grant }: Omit<NewGrant, 'role_id'> & { role: string }): Promise<void> {
  const found = await context.tx
    .selectFrom('role')
    .select('id')
    .where('name', '=', role)
    .where('scope_type', '=', grant.scope.type)
    .where('is_active', '=', true)
    .executeTakeFirst()
  if (found) await grantRole(context, { ...grant, role_id: found.id })
}

/** Ends all grants on a scope and returns them as they were; for a scope that ends. */
export async function revokeGrantsOn(context: Context, scope: GrantScope): Promise<HeldGrant[]> {
  const live = await grantsOn(context.tx, scope)
  await endLapsed(context, sql`g.scope_type = ${scope.type} and g.scope_id = ${scope.id}`)
  await revokeGrants(context, live)
  return live
}

/** Records the end of grants that time has ended, in nobody's name. */
async function endLapsed(context: Context, where: Condition): Promise<void> {
  const lapsed = await readGrants(context.tx, sql`${where} and g.is_active and g.expiration_time <= now()`)
  if (lapsed.length > 0) await revokeGrants({ ...context, actor: undefined }, lapsed)
}

/** Records grants past their expiry. They had no effect since then; this only says so (platform.md §19). */
export const expiredGrants: Job = {
  name: 'roles.expired-grants',
  cron: '7 * * * *',
  run: (deps, _, attempt) =>
    forEach(deps, {
      job: 'roles.expired-grants',
      find: (after, limit) => lapsedGrants(deps.db, after, limit),
      work: (context, id) => endLapsed(context, sql`g.id = ${id}`),
      attempt,
    }),
}

const lapsedGrants = async (db: Db, after: number, limit: number): Promise<number[]> => {
  const rows = await run(
    db,
    sql<{
      id: number
    }>`select id from role_grant where is_active and expiration_time <= now() and id > ${after} order by id limit ${limit}::bigint`,
  )
  return rows.map(({ id }) => id)
}
