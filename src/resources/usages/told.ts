// Who takes part when it is reported what a resource used. The field knows no type of event for it, so that it is a slot of its own.
import type { Context } from '../../platform/wiring.ts'
import type { ResourceFacts } from '../events.ts'

/** `billing_period`: the month of which it was reported, by its first day. */
export type UsageFacts = ResourceFacts & { billing_period: string }

/** Something to be done in the transaction of a report. */
export type UsageReaction = (context: Context, facts: UsageFacts) => Promise<void>

declare module '../../platform/wiring.ts' {
  interface Wiring {
    usageReactions: readonly UsageReaction[]
  }
}

export async function tellOfUsage(context: Context, facts: UsageFacts): Promise<void> {
  for (const react of context.wiring.usageReactions ?? []) await react(context, facts)
}
