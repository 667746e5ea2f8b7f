import type { FastifyRequest } from 'fastify'
import { type Api, detail, list, route } from '../../platform/http/api.ts'
import { requireKey, retrieve } from '../../platform/http/collection.ts'
import { notFound } from '../../platform/http/errors.ts'
import { readUuid } from '../../platform/http/filters.ts'
import { viewerOf } from '../../platform/http/server.ts'
import type { JsonSchema } from '../../platform/http/view.ts'
import { publicOfferingsOf } from './list.ts'
import { PUBLIC_OFFERINGS_PATH, PUBLIC_PLAN_PATH } from './view.ts'

export function publicOfferingRoutes(api: Api): void {
  const offerings = publicOfferingsOf(api.config)
  list(api, offerings)
  detail(api, offerings)

  // The plans are a field of the offering, and so is what may be seen of them; here they come alone, all on one page.
  const plansOf = async (request: FastifyRequest): Promise<{ uuid: string }[]> => {
    const key = requireKey(offerings, (request.params as { uuid?: string }).uuid)
    return JSON.parse(await retrieve(api.db, offerings, viewerOf(request), key, { field: 'plans' })).plans
  }
  const schema = offerings.view.fields.plans?.schema as JsonSchema
  const open = { tag: 'marketplace_public_offerings', anonymous: true, who: 'anyone who sees the offering', status: 200 }
  route(
    api,
    'GET',
    {
      ...open,
      path: `${PUBLIC_OFFERINGS_PATH}{uuid}/plans/`,
      id: 'marketplace_public_offerings_plans_list',
      summary: 'The plans by which an offering is sold',
      answer: { schema },
    },
    async (request, reply) => {
      const plans = await plansOf(request)
      return reply.header('X-Result-Count', String(plans.length)).type('application/json').send(JSON.stringify(plans))
    },
  )
  route(
    api,
    'GET',
    {
      ...open,
      path: PUBLIC_PLAN_PATH,
      id: 'marketplace_public_offerings_plans_retrieve',
      summary: 'One of the plans of an offering',
      answer: { name: 'BasePublicPlan', schema: schema.items as JsonSchema },
    },
    async (request, reply) => {
      const uuid = readUuid((request.params as { plan_uuid?: string }).plan_uuid ?? '')
      const plan = (await plansOf(request)).find((one) => one.uuid === uuid)
      if (!plan) throw notFound()
      return reply.type('application/json').send(JSON.stringify(plan))
    },
  )
}
