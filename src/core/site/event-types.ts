// Types of events by the groups that clients listen to (platform.md §13.3).
import type { EventTypes } from '../../platform/events/kinds.ts'

/** Group → its types, both in the order of the alphabet and of their declaration. */
export function eventGroups(types: EventTypes): { [group: string]: string[] } {
  const groups = [...new Set(Object.values(types).flatMap((facts) => facts.groups))].sort()
  const typesOf = (group: string) => Object.entries(types).flatMap(([type, facts]) => (facts.groups.includes(group) ? [type] : []))
  return Object.fromEntries(groups.map((group) => [group, typesOf(group)]))
}
