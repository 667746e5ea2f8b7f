import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { GIF, png } from '../../../tests/support/pictures.ts'
import { type Person, type Row, urls, world } from '../../../tests/support/world.ts'

const folder = mkdtempSync(join(tmpdir(), 'tradepost-attached-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const w = world({ FILE_STORAGE_DIR: folder })
type Cast = Awaited<ReturnType<(typeof w)['current']['cast']>>
let people: Cast
beforeAll(async () => {
  people = await w.current.cast()
})

const SCREENSHOTS = '/api/marketplace-screenshots/'
const FILES = '/api/marketplace-offering-files/'
const as = (person?: Person) => w.current.as(person)
const text = (name = 'manual.txt', content = 'Read me.') => new File([content], name, { type: 'text/plain' })
const screenshot = (person: Person, offering: Row, image = png(), more = {}) =>
  as(person).upload(SCREENSHOTS, { name: 'Front', offering: urls.providerOffering(offering), image, ...more })
const attach = (person: Person, offering: Row, file = text()) =>
  as(person).upload(FILES, { name: 'Manual', offering: urls.providerOffering(offering), file })

describe('screenshots', () => {
  it('are added, changed and removed by the provider, and shown with the offering', async () => {
    const offering = await w.current.offering(people.provider)
    const shown = async () => (await as(people.outsider).get(`/api/marketplace-public-offerings/${offering.uuid}/`)).body.screenshots

    const { status, body: added } = await screenshot(people.providerManager, offering, png(), { description: 'As it was' })

    expect(status).toBe(201)
    expect(added).toMatchObject({ name: 'Front', offering: urls.providerOffering(offering), customer_uuid: people.provider.uuid })
    expect(await shown()).toMatchObject([{ uuid: added.uuid, name: 'Front', description: 'As it was', image: added.image }])
    expect((await as().get(added.image)).headers['content-type']).toBe('image/png')

    const gif = new File([GIF], 'other.gif', { type: 'image/gif' })
    const form = { name: 'Back', offering: urls.providerOffering(offering), image: gif }
    const replaced = await as(people.providerOwner).upload(`${SCREENSHOTS}${added.uuid}/`, form, { method: 'PUT' })
    expect(replaced.body).toMatchObject({ uuid: added.uuid, name: 'Back', description: 'As it was' })
    expect((await as().get(replaced.body.image)).headers['content-type']).toBe('image/gif')
    expect((await as().get(added.image)).status).toBe(404)
    expect((await as(people.providerOwner).patch(`${SCREENSHOTS}${added.uuid}/`, { description: '' })).body.description).toBe('')

    expect((await as(people.providerOwner).delete(`${SCREENSHOTS}${added.uuid}/`)).status).toBe(204)
    expect(await shown()).toEqual([])
    expect((await as().get(replaced.body.image)).status).toBe(404)
  })

  it('are pictures, stay with their offering, and end with it', async () => {
    const offering = await w.current.offering(people.provider, { state: 'Draft' })
    const other = await w.current.offering(people.provider)

    expect((await screenshot(people.providerOwner, offering, text('page.png'))).body).toEqual({
      image: ['Upload a valid image. The file you uploaded was either not an image or a corrupted image.'],
    })
    const { uuid, image } = (await screenshot(people.providerOwner, offering)).body
    expect((await as(people.providerOwner).patch(`${SCREENSHOTS}${uuid}/`, { offering: urls.providerOffering(other) })).body).toEqual({
      offering: ['The offering of a screenshot cannot be changed.'],
    })
    expect((await as(people.providerOwner).delete(`/api/marketplace-provider-offerings/${offering.uuid}/`)).status).toBe(204)
    expect((await as().get(image)).status).toBe(404)
    const archived = await w.current.offering(people.provider, { state: 'Archived' })
    expect((await screenshot(people.providerOwner, archived)).body).toEqual(['It is not possible to update archived offering.'])
  })

  it('are shown to whom the offering is shown, and changed by who holds the permission', async () => {
    const secret = await w.current.offering(people.provider, { shared: false })
    const { uuid } = (await screenshot(people.providerOwner, secret)).body
    await w.current.grant(people.offeringManager, 'OFFERING.MANAGER', secret)
    const listed = async (person: Person) => (await as(person).get(SCREENSHOTS, { query: { offering_uuid: secret.uuid } })).body.length

    expect(await Promise.all([people.offeringManager, people.support, people.outsider].map(listed))).toEqual([1, 1, 0])
    expect((await as(people.offeringManager).patch(`${SCREENSHOTS}${uuid}/`, { name: 'Mine' })).status).toBe(403)
    expect((await screenshot(people.offeringManager, secret)).status).toBe(403)
    expect((await as(people.outsider).patch(`${SCREENSHOTS}${uuid}/`, { name: 'Mine' })).status).toBe(404)
    expect((await as().get(SCREENSHOTS)).status).toBe(401)
  })
})

describe('files of offerings', () => {
  it('are added and removed by who may change the offering, and shown with it', async () => {
    const offering = await w.current.offering(people.provider, { slug: 'with-files' })
    await w.current.grant(people.offeringManager, 'OFFERING.MANAGER', offering)

    const { status, body: added } = await attach(people.offeringManager, offering)

    expect(status).toBe(201)
    expect(added).toMatchObject({ name: 'Manual', offering: urls.providerOffering(offering) })
    expect((await as().get(added.file)).text).toBe('Read me.')
    expect((await as(people.outsider).get(`/api/marketplace-public-offerings/${offering.uuid}/`)).body.files).toMatchObject([
      { name: 'Manual' },
    ])
    expect((await as(people.outsider).get(FILES, { query: { offering_slug: 'with-files,none' } })).body).toHaveLength(1)
    expect((await as(people.outsider).delete(`${FILES}${added.uuid}/`)).status).toBe(403)
    expect((await attach(people.support, offering)).status).toBe(403)
    expect((await attach(people.providerOwner, offering, text('run.exe', 'MZ'))).body).toEqual({ file: ['File type is not allowed.'] })
    expect((await as(people.offeringManager).delete(`${FILES}${added.uuid}/`)).status).toBe(204)
    expect((await as().get(added.file)).status).toBe(404)
  })
})
