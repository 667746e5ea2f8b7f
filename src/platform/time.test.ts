import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { world } from '../../tests/support/world.ts'
import { dayIn, momentIn } from './http/moments.ts'
import { dayOf, daysAfter, daysBetween, monthOf, monthsBetween, todayIn } from './time.ts'

const w = world()
const ZONES = ['UTC', 'Asia/Tokyo', 'America/St_Johns', 'Pacific/Kiritimati', 'Europe/Tallinn']

describe('the calendar', () => {
  it('is the same in TypeScript and in SQL, at the edges of months, years and summer time', async () => {
    const moments = [
      '2026-02-28T20:00:00Z',
      '2026-03-01T00:00:00Z',
      '2025-12-31T23:59:59.999999Z',
      '2024-02-29T12:00:00Z',
      '2026-03-29T01:30:00Z',
    ]
    for (const zone of ZONES) {
      for (const moment of moments) {
        const { rows } = await sql<{ day: string; month: string; today: string }>`select site_day(${moment}::timestamptz, ${zone}) as day,
          site_month(${moment}::timestamptz, ${zone}) as month, site_day(now(), ${zone}) as today`.execute(w.current.db)

        expect({ day: dayOf(moment, zone), month: monthOf(moment, zone), today: todayIn(zone) }, `${moment} in ${zone}`).toEqual(rows[0])
      }
    }
  })

  it('knows the first day of every period', async () => {
    const { rows } = await sql<{ period: string; start: string }>`select period, period_start(period, '2026-08-20')::text as start
      from unnest(array['annual', 'quarterly', 'month', 'total']) period`.execute(w.current.db)

    expect(rows.map(({ start }) => start)).toEqual(['2026-01-01', '2026-07-01', '2026-08-01', '-infinity'])
  })

  it('counts days, and stays within those that can be kept', () => {
    expect([daysAfter('2024-02-28', 2), daysAfter('2026-03-01', -1), daysAfter('2026-03-01', 0)]).toEqual([
      '2024-03-01',
      '2026-02-28',
      '2026-03-01',
    ])
    expect([daysAfter('2026-01-01', 1e12), daysAfter('2026-01-01', -1e12)]).toEqual(['9999-12-31', '0001-01-01'])
    expect([daysBetween('2026-02-27', '2026-03-02'), daysBetween('2026-03-02', '2026-02-27')]).toEqual([3, -3])
  })

  it.each([
    ['2026-01-15', '2026-02-15', 1],
    ['2026-01-15', '2026-02-16', 2],
    ['2026-01-15', '2026-01-20', 1],
    ['2026-01-31', '2026-02-28', 1],
    ['2026-01-31', '2026-03-01', 2],
    ['2025-12-01', '2026-12-01', 12],
    ['2026-05-05', '2026-05-05', 1],
  ])('from %s to %s are %i months, a started one counted whole', (start, end, months) => {
    expect(monthsBetween(start, end)).toBe(months)
  })
})

describe('what is sent', () => {
  it('as a day is one that there is', () => {
    expect(['2024-02-29', ' 0001-01-01 ', '9999-12-31'].map(dayIn)).toEqual(['2024-02-29', '0001-01-01', '9999-12-31'])
    for (const sent of ['2026-02-29', '2026-13-01', '2026-1-1', '0000-01-01', '10000-01-01', '2026-02-28[u-ca=hebrew]', '20260228', '']) {
      expect(dayIn(sent), sent).toBeUndefined()
    }
  })

  it('as a moment becomes one in UTC', () => {
    for (const [sent, read] of [
      ['2026-03-01', '2026-03-01T00:00:00Z'],
      ['2026-03-01T05:00', '2026-03-01T05:00:00Z'],
      ['2026-03-01 05:00:10.5+09', '2026-02-28T20:00:10.500000Z'],
      ['2026-03-01t05:00:10,1234567z', '2026-03-01T05:00:10.123456Z'],
      ['2026-03-01T05:00:00-0330', '2026-03-01T08:30:00Z'],
    ] as const) {
      expect(momentIn(sent), sent).toBe(read)
    }
    for (const sent of [
      '2026-03-01T24:00',
      '2026-03-01T05:60',
      '2026-03-01T05:00:60Z',
      '2026-02-30T05:00Z',
      '2026-03-01T05:00+24:00',
      '0001-01-01T00:00+01',
      '9999-12-31T23:59-01',
      'now',
    ]) {
      expect(momentIn(sent), sent).toBeUndefined()
    }
  })
})
