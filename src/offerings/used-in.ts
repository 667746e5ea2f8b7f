// Offerings by where they are used, told from the kept counts of resources.
import { type RawBuilder, sql } from 'kysely'
import type { Condition } from '../platform/http/filters.ts'

/** The ids of offerings with a resource that is not terminated in a project for which `where` holds, over `used_in` and `using_customer`. */
export const offeringsUsedIn = (where: Condition): RawBuilder<unknown> => sql`select kept.offering_id from resource_counted kept
  where kept.grain = 'project_id,offering_id' and kept.state <> 'Terminated'
    and kept.project_id = any(array(select used_in.id from project used_in join customer using_customer on using_customer.id = used_in.customer_id where ${where}))
  group by kept.offering_id having sum(kept.n) > 0`
