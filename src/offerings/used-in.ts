// Offerings by where they are used, told from the kept counts of resources.
import { type RawBuilder, sql } from 'kysely'
import { usesResource } from '../core/public.ts'
import { type Actor, readsAll } from '../platform/auth/actor.ts'
import type { Condition } from '../platform/http/filters.ts'
import { providedOfferings } from './policy.ts'

/** Over `kept`: the caller sees the resources that are counted, as one of those who use them or provide them. */
function seen(actor: Actor | undefined): Condition {
  const used = usesResource(actor, 'kept')
  const provided = actor && !readsAll(actor) && providedOfferings(actor)
  return provided ? sql`(${used} or kept.offering_id = any(array(${provided})))` : sql`(${used})`
}

/**
 * The ids of offerings with a resource that is not terminated, and that the caller sees, in a project for which `where` holds, over
 * `used_in` and `using_customer`.
 */
export const offeringsUsedIn = (where: Condition, actor: Actor | undefined): RawBuilder<unknown> => sql`select kept.offering_id
  from resource_counted kept
  where kept.grain = 'project_id,offering_id' and kept.state <> 'Terminated' and ${seen(actor)}
    and kept.project_id = any(array(select used_in.id from project used_in join customer using_customer on using_customer.id = used_in.customer_id where ${where}))
  group by kept.offering_id having sum(kept.n) > 0`
