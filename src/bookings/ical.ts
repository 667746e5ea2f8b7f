// Bookings as calendars read them: iCalendar (RFC 5545), in UTC, so that no reader needs a table of time zones.
import type { Config } from '../platform/config.ts'

export type CalendarEvent = {
  backend_id: string
  start: string
  end: string
  sequence: number
  modified: string
  status: 'TENTATIVE' | 'CONFIRMED' | 'CANCELLED'
  summary: string
  description?: string
  location?: string
  url?: string
}

type Site = Pick<Config, 'PUBLIC_URL' | 'SITE_NAME'>

const stamp = (moment: string) =>
  `${moment
    .replace(/[-:]/g, '')
    .replace(/\.\d+/, '')
    .replace(/(?:Z|\+0000)$/, '')}Z`

/** A text as a value: what would end it is escaped, and what no calendar may hold is left out. */
const escaped = (text: string) =>
  text
    .replace(/\r\n?/g, '\n')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '')
    .replace(/[\\;,]/g, (sign) => `\\${sign}`)
    .replaceAll('\n', '\\n')

const OCTETS_MAX = 75

/** A line in pieces of at most 75 octets, none of which ends within a character. */
function folded(line: string): string {
  const pieces: string[] = []
  let piece = ''
  let octets = 0
  for (const sign of line) {
    const size = Buffer.byteLength(sign)
    if (octets + size > OCTETS_MAX) {
      pieces.push(piece)
      piece = ' '
      octets = 1
    }
    piece += sign
    octets += size
  }
  return [...pieces, piece].join('\r\n')
}

const written = (lines: readonly (string | undefined)[]): string =>
  lines.flatMap((line) => (line === undefined ? [] : [`${folded(line)}\r\n`])).join('')

const hostOf = ({ PUBLIC_URL }: Site) => new URL(PUBLIC_URL[0] ?? 'http://localhost').hostname

const optional = (name: string, value: string | undefined) => (value ? `${name}:${escaped(value)}` : undefined)

const eventLines = (site: Site, event: CalendarEvent) => [
  'BEGIN:VEVENT',
  `UID:${event.backend_id}@${hostOf(site)}`,
  `SEQUENCE:${event.sequence}`,
  `DTSTAMP:${stamp(event.modified)}`,
  `LAST-MODIFIED:${stamp(event.modified)}`,
  `DTSTART:${stamp(event.start)}`,
  `DTEND:${stamp(event.end)}`,
  `STATUS:${event.status}`,
  `SUMMARY:${escaped(event.summary)}`,
  optional('DESCRIPTION', event.description),
  optional('LOCATION', event.location),
  // A URI is no text: nothing in it is escaped.
  event.url === undefined ? undefined : `URL:${event.url}`,
  'END:VEVENT',
]

const around = (site: Site, method: string, lines: readonly (string | undefined)[]): string =>
  written([
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    `PRODID:-//${escaped(site.SITE_NAME)}//Bookings//EN`,
    `METHOD:${method}`,
    ...lines,
    'END:VCALENDAR',
  ])

/** A calendar of events. */
export const calendarText = (site: Site, method: 'PUBLISH' | 'REQUEST' | 'CANCEL', events: readonly CalendarEvent[]): string =>
  around(
    site,
    method,
    events.flatMap((event) => eventLines(site, event)),
  )

export type BusyTime = { start: string; end: string }

/** When somebody or something is busy, and nothing else. */
export const freeBusyText = (site: Site, uid: string, stamped: string, busy: readonly BusyTime[]): string =>
  around(site, 'PUBLISH', [
    'BEGIN:VFREEBUSY',
    `UID:${uid}@${hostOf(site)}`,
    `DTSTAMP:${stamp(stamped)}`,
    ...busy.map(({ start, end }) => `FREEBUSY;FBTYPE=BUSY:${stamp(start)}/${stamp(end)}`),
    'END:VFREEBUSY',
  ])
