// Word of a resource's end (orders.md §1.6, §5.6).
import { mkdtempSync, rmSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { type Person, type Row, world } from '../../tests/support/world.ts'
import { daysAfter, todayIn } from '../platform/time.ts'
import type { Job } from '../platform/wiring.ts'
import { RESOURCE_JOBS } from './expiry.ts'

const folder = mkdtempSync(join(tmpdir(), 'tradepost-ends-'))
const w = world({ DATA_DIR: folder })
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const inDays = (days: number) => daysAfter(todayIn('UTC'), days)

/** The mails that a person got, whole. */
async function mailsTo(person: Person): Promise<string[]> {
  const names = await readdir(join(folder, 'mail')).catch(() => [])
  const texts = await Promise.all(names.sort().map((name) => readFile(join(folder, 'mail', name), 'utf8')))
  return texts.filter((text) => text.includes(`To: ${person.username}@example.com`))
}

async function daily(): Promise<void> {
  await w.current.runJob(RESOURCE_JOBS.find(({ name }) => name === 'resources.tell-of-ends') as Job, {})
  await w.current.runJobs()
}

async function ending(days: number | null, threshold?: unknown, values: { [name: string]: unknown } = {}) {
  const cast = await w.current.cast()
  const offering = await w.current.offering(cast.provider, {
    plugin_options: JSON.stringify(threshold === undefined ? {} : { resource_expiration_threshold: threshold }),
  })
  const resource = await w.current.resource(offering, cast.project, { end_date: days === null ? null : inDays(days), ...values })
  return { ...cast, offering, resource }
}

const move = ({ id }: Row, end_date: string) => w.current.db.updateTable('resource').set({ end_date }).where('id', '=', id).execute()

describe('a resource that ends', () => {
  it('is told of thirty days before, once, to those who could end it, and again when its end has been moved', async () => {
    const c = await ending(30)

    await daily()
    await daily()

    for (const person of [c.customerOwner, c.projectManager, c.projectAdmin]) {
      const mails = await mailsTo(person)
      expect(mails).toHaveLength(1)
      expect(mails[0]).toContain('Subject: A resource ends soon at Tradepost')
      expect(mails[0]).toContain(`Ends on ${inDays(30)}`)
    }
    for (const person of [c.projectMember, c.providerOwner, c.outsider]) expect(await mailsTo(person)).toEqual([])
    await move(c.resource, inDays(20))
    await daily()
    expect(await mailsTo(c.customerOwner)).toHaveLength(2)
  })

  it('is told of so many days before as its offering says; what is no number of days says nothing', async () => {
    const early = await ending(60, 90)
    const late = await ending(8, 7)
    const onTime = await ending(7, 7)
    const odd = await ending(30, 'soon')
    const none = [await ending(31), await ending(0), await ending(null), await ending(5, undefined, { state: 'Terminated' })]

    await daily()

    const told = async (c: Awaited<ReturnType<typeof ending>>) => (await mailsTo(c.customerOwner)).length
    expect([await told(early), await told(late), await told(onTime), await told(odd)]).toEqual([1, 0, 1, 1])
    expect(await Promise.all(none.map(told))).toEqual([0, 0, 0, 0])
  })

  it('is told of when the provider sets its last day; nobody is when the day was moved again before the mail left', async () => {
    const c = await ending(null)
    const set = (end_date: string | null) =>
      w.current.as(c.providerOwner).post(`/api/marketplace-provider-resources/${c.resource.uuid}/set_end_date_by_provider/`, { end_date })

    expect((await set(inDays(40))).status).toBe(200)
    await set(null)
    await w.current.runJobs()
    expect(await mailsTo(c.projectManager)).toEqual([])
    await set(inDays(50))
    await w.current.runJobs()

    const [mail] = await mailsTo(c.projectManager)
    expect(mail).toContain('Subject: The provider ends a resource at Tradepost')
    expect(mail).toContain(`Ends on ${inDays(50)}`)
  })
})
