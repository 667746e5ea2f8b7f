import { expect, it } from 'vitest'
import { customerEvent, customerEvents } from '../../src/core/customers/events.ts'
import { type EventCursor, eventsAfter, FROM_THE_START } from '../../src/platform/events/read.ts'
import { recordEvents } from '../../src/platform/events/record.ts'
import { type Context, inTransaction, reaction, wire } from '../../src/platform/wiring.ts'
import { world } from '../support/world.ts'

/** What a module further right does about a new organization. */
let follow: (context: Context) => Promise<void> = async () => undefined
const w = world({}, [{ reactions: [reaction(customerEvents, ['customer_creation_succeeded'], (context) => follow(context))] }])

const told = { id: 1, uuid: '00000000-0000-0000-0000-000000000001', name: 'A <name> of its own' }
const record = (context: Context) => recordEvents(context, [customerEvent('customer_creation_succeeded', told)])

async function readOn(from: EventCursor) {
  const found = await eventsAfter(w.current.db, from, 100)
  return { ids: found.map(({ id }) => id), next: found.at(-1) ?? from }
}

it('a reader loses no event whose id is smaller than that of one committed earlier', async () => {
  const { next } = await readOn(FROM_THE_START)
  let letGo = () => {}
  const held = new Promise<void>((resolve) => {
    letGo = resolve
  })
  let begun = () => {}
  const first = new Promise<void>((resolve) => {
    begun = resolve
  })

  const slow = inTransaction(w.current.deps, async (context) => {
    await record(context)
    begun()
    await held
  })
  await first
  await inTransaction(w.current.deps, record)
  const meanwhile = await readOn(next)
  letGo()
  await slow

  expect(meanwhile.ids).toEqual([])
  // Transactions of other databases of the cluster hold the reader up too.
  await expect.poll(async () => (await readOn(next)).ids.length, { timeout: 10_000 }).toBe(2)
})

it('words of a message are filled in once, whatever the values hold', async () => {
  await inTransaction(w.current.deps, record)
  const { message } = await w.current.db.selectFrom('event').select('message').orderBy('id', 'desc').executeTakeFirstOrThrow()

  expect(message).toBe('Customer A <name> of its own has been created.')
})

it('what reacts to an event is part of its transaction: when it fails, nothing happened', async () => {
  const asStaff = w.current.as((await w.current.cast()).staff)
  const count = async () => Number((await asStaff.head('/api/customers/')).headers['x-result-count'])
  const before = await count()
  follow = async () => {
    throw new Error('a reaction that fails')
  }

  const { status } = await asStaff.post('/api/customers/', { name: 'Never' })
  follow = async () => undefined

  expect(status).toBe(500)
  expect(await count()).toBe(before)
})

it('a type that no module declares cannot be recorded, nor waited for', async () => {
  const nothing = { ...w.current.deps, wiring: wire([]) }

  await expect(inTransaction(nothing, record)).rejects.toThrow('customer_creation_succeeded')
  expect(() => wire([{ reactions: [{ types: ['customer_was_painted'], run: async () => undefined }] }])).toThrow('customer_was_painted')
  expect(() =>
    wire([{ constraints: { one_key: () => new Error() as never } }, { constraints: { one_key: () => new Error() as never } }]),
  ).toThrow('one_key')
})
