// Who is told of bookings, and when (booking.md §10).
import { mkdtempSync, rmSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import ICAL from 'ical.js'
import { afterAll, describe, expect, it } from 'vitest'
import { at, type Bookable, bookable, slot } from '../../tests/support/bookings.ts'
import { type Person, world } from '../../tests/support/world.ts'
import { remind } from './reminders.ts'

const folder = mkdtempSync(join(tmpdir(), 'tradepost-mail-'))
const w = world({ DATA_DIR: folder })
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const HOUR = 3_600_000

/** The mails that a person got, in order, as they were sent. */
async function mailsTo(person: Person): Promise<string[]> {
  await w.current.runJobs()
  const names = await readdir(join(folder, 'mail')).catch(() => [])
  const texts = await Promise.all(names.sort().map((name) => readFile(join(folder, 'mail', name), 'utf8')))
  return texts.filter((text) => text.includes(`To: ${person.username}@example.com`))
}

const subjects = (mails: readonly string[]) => mails.map((text) => /^Subject: (.*)$/m.exec(text)?.[1])

/** The event in a mail: how it came, and what it says. */
function eventIn(mail: string): { method: string | undefined; status: string; start: string } {
  const [, coded = ''] =
    /Content-Type: text\/calendar[^\n]*(?:\n .*)*\nContent-Transfer-Encoding: base64\n\n([\s\S]*?)\n(?:\n|--)/.exec(mail) ?? []
  const plain = /BEGIN:VCALENDAR[\s\S]*END:VCALENDAR/.exec(mail)?.[0]
  const text = coded === '' ? (plain ?? '') : Buffer.from(coded, 'base64').toString()
  const calendar = new ICAL.Component(ICAL.parse(text))
  const [event] = calendar.getAllSubcomponents('vevent') as [ICAL.Component]
  return {
    method: String(calendar.getFirstPropertyValue('method')),
    status: String(event.getFirstPropertyValue('status')),
    start: new ICAL.Event(event).startDate.toJSDate().toISOString(),
  }
}

describe('a mail', () => {
  it('goes to those who may accept a booking, and to who asked for it when it was decided; each with the event', async () => {
    const b = await bookable(w.current)
    await w.current.grant(b.offeringManager, 'OFFERING.MANAGER', b.offering)
    const path = await b.book(slot('10:00', '12:00'))
    for (const person of [b.providerOwner, b.offeringManager]) {
      expect(subjects(await mailsTo(person))).toContain('A booking waits for your answer at Tradepost')
    }

    await b.act(b.providerOwner, path, 'accept')
    await w.current.runJobs()
    const rejected = await b.book(slot('14:00', '15:00'))
    await b.act(b.providerOwner, rejected, 'reject', { comment: 'It is broken.' })

    const mails = (await mailsTo(b.customerOwner)).filter((text) => text.includes('booking'))
    expect(subjects(mails)).toEqual(['Your booking was accepted at Tradepost', 'Your booking was rejected at Tradepost'])
    expect(mails[1]).toContain('It is broken.')
    expect(mails.map(eventIn)).toEqual([
      { method: 'REQUEST', status: 'CONFIRMED', start: new Date(at('10:00')).toISOString() },
      { method: 'CANCEL', status: 'CANCELLED', start: new Date(at('14:00')).toISOString() },
    ])
    expect(await mailsTo(b.outsider)).toEqual([])
  })
})

describe('a reminder', () => {
  const MIDDAY = new Date(Date.now() + 24 * HOUR).toISOString().slice(0, 10)
  const tomorrow = { start: `${MIDDAY}T12:00:00Z`, end: `${MIDDAY}T13:00:00Z` }
  const windows = [{ start: new Date(Date.now() - HOUR).toISOString(), end: new Date(Date.now() + 96 * HOUR).toISOString() }]

  const accepted = async (b: Bookable, ...slots: object[]) => {
    const path = await b.book(...slots)
    await b.act(b.providerOwner, path, 'accept')
  }
  const reminders = async (person: Person) =>
    (await mailsTo(person)).filter((text) => text.includes('Subject: Reminder about upcoming booking.'))

  it('booking 58: comes the day before, once, as one mail, of what was accepted', async () => {
    const b = await bookable(w.current, { windows })
    const other = await bookable(w.current, { windows })
    await accepted(b, tomorrow)
    const later = { start: `${MIDDAY}T15:00:00Z`, end: `${MIDDAY}T16:00:00Z` }
    await accepted(b, later)
    await b.book({ start: `${MIDDAY}T17:00:00Z`, end: `${MIDDAY}T18:00:00Z` })
    const twoDays = new Date(Date.now() + 48 * HOUR).toISOString().slice(0, 10)
    await accepted(other, { start: `${twoDays}T12:00:00Z`, end: `${twoDays}T13:00:00Z` })

    await w.current.runJob(remind, {})
    await w.current.runJob(remind, {})

    const mails = await reminders(b.customerOwner)
    expect(mails.length).toBe(1)
    expect(mails[0]?.match(/Microscope/g)?.length).toBe(2)
    expect(mails[0]).toContain(`${MIDDAY} 12:00 to ${MIDDAY} 13:00 (UTC)`)
    expect(await reminders(other.customerOwner)).toEqual([])
  })

  it('is not sent to who wants none, and a recipient without an address stops no other', async () => {
    const [silent, none, b] = [
      await bookable(w.current, { windows }),
      await bookable(w.current, { windows }),
      await bookable(w.current, { windows }),
    ]
    for (const one of [silent, none, b]) await accepted(one, tomorrow)
    await w.current.db.updateTable('user').set({ notifications_enabled: false }).where('id', '=', silent.customerOwner.id).execute()
    await w.current.db.updateTable('user').set({ email: '' }).where('id', '=', none.customerOwner.id).execute()

    await w.current.runJob(remind, {})

    expect([(await reminders(silent.customerOwner)).length, (await reminders(b.customerOwner)).length]).toEqual([0, 1])
  })

  it('tells the time of the place where the offering is', async () => {
    const zoned = windows.map((window) => ({ ...window, extendedProps: { config: { timeZone: 'Asia/Tokyo' } } }))
    const b = await bookable(w.current, { windows: zoned })
    const day = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Tokyo', dateStyle: 'short' }).format(new Date(Date.now() + 24 * HOUR))
    await accepted(b, { start: `${day}T12:00:00+09:00`, end: `${day}T13:00:00+09:00` })

    await w.current.runJob(remind, {})

    expect((await reminders(b.customerOwner))[0]).toContain(`${day} 12:00 to ${day} 13:00 (Asia/Tokyo)`)
  })
})
