// Types of events. Each module declares those that it records, beside the commands that do: the words of the message, the
// groups that clients listen to, and which facts the event hands to whoever reacts to it.

/** Words in angle brackets of a message stand for values. */
export type EventTypes = { readonly [type: string]: { groups: readonly string[]; message: string } }

/** The types of events of one kind of thing. `Facts` is what reactions are given; it exists as a type only. */
export type EventKind<Types extends EventTypes, Facts> = { readonly types: Types; readonly facts?: Facts }

/** Declares types of events: `eventKind<Customer>()({ customer_creation_succeeded: inGroups('customers')('Customer <name> …') })`. */
export const eventKind =
  <Facts>() =>
  <const Types extends EventTypes>(types: Types): EventKind<Types, Facts> => ({ types })

/** A type in the groups named (platform.md §13.3), with its message. */
export const inGroups =
  (...groups: string[]) =>
  <const Message extends string>(message: Message) => ({ groups, message })

type WordsOf<Message extends string> = Message extends `${string}<${infer Word}>${infer Rest}` ? Word | WordsOf<Rest> : never

type MessageOf<Types extends EventTypes, Type extends keyof Types> = Types[Type]['message']

/** Something that happened. Made by `newEvent` alone, so that every type is a declared one. */
export type NewEvent = {
  type: string
  message: string
  /** Flat keys of the event's objects, such as `order_uuid`; the actor's keys are added when it is recorded. */
  context: { [key: string]: unknown }
  /** The objects it is tied to: who may audit one of them sees it (platform.md §13). */
  scopes: readonly (readonly [type: string, id: number | null])[]
  facts: unknown
}

type Told<Message extends string, Facts> = {
  /** A value for each word of the message. */
  words: { [Word in WordsOf<Message>]: string | number | null }
  context: NewEvent['context']
  scopes: NewEvent['scopes']
  facts: Facts
}

/** An event of one of the types of `kind`. */
export function newEvent<Types extends EventTypes, Facts, Type extends keyof Types & string>(
  { types }: EventKind<Types, Facts>,
  type: Type,
  { words, context, scopes, facts }: Told<MessageOf<Types, Type>, Facts>,
): NewEvent {
  const values: { [word: string]: unknown } = words
  // One pass, so that a name in angle brackets stays a name.
  const message = types[type]?.message.replace(/<([a-z_]+)>/g, (_, word: string) => String(values[word])) ?? ''
  return { type, message, context, scopes, facts }
}
