// The names and numbers that accounts get by the policy of their offering (service-providers.md §1.4.3). Whoever gives one holds the
// offering's row of offering_user_naming, so that of any number of people who come at once each gets a name of their own.
import anyAscii from 'any-ascii'
import { sql } from 'kysely'
import { run, type Tx } from '../platform/db/database.ts'

type Settings = { readonly [key: string]: unknown }

/** What names are made of. */
export type Named = { username: string; first_name: string; last_name: string }

const USERNAME_MAX = 100
/** Digits behind the base of a name that count as its number, and the room that is left for them. */
const DIGITS_MAX = 9
const NUMBER_MAX = 10 ** DIGITS_MAX - 1

/**
 * A rule gives one name to a person, numbered ones of a base, or none: then the provider names the account. There are no FreeIPA
 * profiles and no claims of identity providers here, so policies that take names from those give none.
 */
export type Rule = {
  /** The policy with what else the names depend on. */
  key: string
  /** It gives names at all. */
  gives: boolean
  one?: (person: Named) => string
  base?: (person: Named) => string
  digits: number
}

/** Letters of any script in ASCII, all else as underscores: "Jöhn Karlos Doe Jr" → `john_karlos_doe_jr`. */
export const plainName = (text: string): string =>
  anyAscii(text)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')

/** The rule of an offering's settings. */
export function ruleOf(settings: Settings): Rule {
  const policy = settings.username_generation_policy ?? 'service_provider'
  if (policy === 'waldur_username') return { key: policy, gives: true, one: ({ username }) => username.slice(0, USERNAME_MAX), digits: 0 }
  if (policy === 'anonymized') {
    const prefix = String(settings.username_anonymized_prefix ?? 'waldur_').slice(0, USERNAME_MAX - DIGITS_MAX)
    return { key: `${policy} ${prefix}`, gives: true, base: () => prefix, digits: 5 }
  }
  if (policy === 'full_name') {
    const base = (person: Named) => plainName(`${person.first_name} ${person.last_name}`).slice(0, USERNAME_MAX - DIGITS_MAX - 1)
    return { key: policy, gives: true, base: (person) => base(person) && `${base(person)}_`, digits: 2 }
  }
  return { key: String(policy), gives: false, digits: 0 }
}

/** Whether the rule could have given the name to the person; of a rule that gives none, any. */
export function fits({ one, base, digits }: Rule, person: Named, username: string | null): boolean {
  if (one) return username === one(person)
  const start = base?.(person)
  if (!start) return true
  return username?.startsWith(start) === true && new RegExp(`^\\d{${digits},}$`).test(username.slice(start.length))
}

export type Numbers = { uidnumber: number; primarygroup: number }

export type Naming = {
  rule: Rule
  /** A name that nobody has at the offering; undefined where the rule gives none, or one that is taken. */
  nameFor: (person: Named) => Promise<string | undefined>
  /** The next numbers, which nobody had before. */
  numbers: () => Promise<Numbers>
}

/** Holds the naming of an offering until the transaction ends; what the offering asks of newcomers is not changed meanwhile either. */
export async function holdNaming(tx: Tx, offeringId: number): Promise<Naming> {
  const [offering] = await run(
    tx,
    sql<{ settings: Settings }>`select plugin_options as settings from offering where id = ${offeringId} for key share`,
  )
  const settings = offering?.settings ?? {}
  const rule = ruleOf(settings)
  const first = { uidnumber: firstOf(settings.initial_uidnumber), primarygroup: firstOf(settings.initial_primarygroup_number) }
  await run(
    tx,
    sql`insert into offering_user_naming (offering_id, next_uidnumber, next_primarygroup, named_by)
      select ${offeringId}, greatest(${first.uidnumber}, max(uidnumber) + 1), greatest(${first.primarygroup}, max(primarygroup) + 1), ${rule.key}
        from offering_user where offering_id = ${offeringId}
        having not exists (select from offering_user_naming where offering_id = ${offeringId}) on conflict (offering_id) do nothing`,
  )
  await run(tx, sql`select from offering_user_naming where offering_id = ${offeringId} for update`)
  const nexts = new Map<string, number>()

  async function numbered(base: string): Promise<string | undefined> {
    const next = nexts.get(base) ?? (await greatest(tx, offeringId, base)) + 1
    nexts.set(base, next + 1)
    return next > NUMBER_MAX ? undefined : base + String(next).padStart(rule.digits, '0')
  }

  return {
    rule,
    nameFor: async (person) => {
      const name = rule.one?.(person)
      if (name) return (await isTaken(tx, offeringId, name)) ? undefined : name
      const base = rule.base?.(person)
      return base ? numbered(base) : undefined
    },
    numbers: async () => {
      const [given] = await run(
        tx,
        sql<Numbers>`update offering_user_naming set next_uidnumber = greatest(next_uidnumber, ${first.uidnumber}) + 1,
          next_primarygroup = greatest(next_primarygroup, ${first.primarygroup}) + 1 where offering_id = ${offeringId}
          returning next_uidnumber - 1 as uidnumber, next_primarygroup - 1 as primarygroup`,
      )
      return given as Numbers
    },
  }
}

const FIRST_NUMBER = 5000
const firstOf = (value: unknown): number => (typeof value === 'number' && value > 0 ? value : FIRST_NUMBER)

/** The greatest number behind the base among the names of the offering, -1 when there is none. What else stands behind it is passed over. */
async function greatest(tx: Tx, offeringId: number, base: string): Promise<number> {
  const suffix = sql`substr(username, ${base.length + 1}::integer)`
  const [found] = await run(
    tx,
    sql<{
      n: number | null
    }>`select max(case when ${suffix} ~ ${`^[0-9]{1,${DIGITS_MAX}}$`} then ${suffix}::bigint end) as n from offering_user
      where offering_id = ${offeringId} and username >= ${`${base}0`} and username < ${`${base}:`}`,
  )
  return found?.n ?? -1
}

/** Whether another account of the offering has the name, one that was deleted too: what its person left behind bears it. */
export async function isTaken(tx: Tx, offeringId: number, username: string, except = 0): Promise<boolean> {
  const found = await run(
    tx,
    sql`select from offering_user where offering_id = ${offeringId} and username = ${username} and id <> ${except}`,
  )
  return found.length > 0
}
