// A file goes, or closes to strangers, with the object that it belongs to: every column that names one has a case here.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, describe, expect, it } from 'vitest'
import { putFile } from '../../src/platform/files/storage.ts'
import { type Row, world } from '../support/world.ts'

const folder = mkdtempSync(join(tmpdir(), 'tradepost-owners-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const w = world({ DATA_DIR: folder })

const columns = async () =>
  (
    await sql<{ name: string }>`select c.conrelid::regclass::text || '.' || a.attname as name from pg_constraint c
      join pg_attribute a on a.attrelid = c.conrelid and a.attnum = any(c.conkey)
      where c.contype = 'f' and c.confrelid = 'file'::regclass order by 1`.execute(w.current.db)
  ).rows.map(({ name }) => name.replaceAll('"', ''))

/** An object whose column names `image_id`, and the operations of staff after which it is there no more. */
type Case = (file: number) => Promise<{ gone: readonly (readonly ['post' | 'delete', string])[] }>

const order = (column: string) => async (file: number) => {
  const { cast, offering, resource, insert } = w.current
  const { project, provider, projectManager } = await cast()
  const of = await offering(provider)
  const thing = await resource(of, project, { state: 'Creating' })
  const placed = await insert('order', {
    type: 'Create',
    state: 'pending-consumer',
    resource_id: thing.id,
    project_id: project.id,
    offering_id: of.id,
    created_by_id: projectManager.id,
    [column]: file,
  })
  return { gone: [['post', `/api/marketplace-orders/${placed.uuid}/unlink/`]] as const }
}
const deleted = (path: string) => (row: Row) => ({ gone: [['delete', `${path}${row.uuid}/`]] as const })

const CASES: { [column: string]: Case } = {
  'user.image_id': async (image_id) => deleted('/api/users/')(await w.current.user({ image_id })),
  'customer.image_id': async (image_id) => deleted('/api/customers/')(await w.current.customer({ image_id })),
  'project.image_id': async (image_id) => deleted('/api/projects/')(await w.current.project(undefined, { image_id })),
  // With its organization: the provider alone is what its own tests delete.
  'service_provider.image_id': async (image_id) => {
    const { customer, serviceProvider } = w.current
    const owner = await customer()
    await serviceProvider(owner, { image_id })
    return deleted('/api/customers/')(owner)
  },
  'category.icon_id': async (icon_id) => deleted('/api/marketplace-categories/')(await w.current.category({ icon_id })),
  'category_group.icon_id': async (icon_id) =>
    deleted('/api/marketplace-category-groups/')(await w.current.insert('category_group', { title: 'Group', icon_id })),
  'offering.image_id': async (image_id) =>
    deleted('/api/marketplace-provider-offerings/')(await w.current.offering(undefined, { image_id, state: 'Draft' })),
  'offering.thumbnail_id': async (thumbnail_id) =>
    deleted('/api/marketplace-provider-offerings/')(await w.current.offering(undefined, { thumbnail_id, state: 'Draft' })),
  'offering_screenshot.image_id': async (image_id) => {
    const { offering, insert } = w.current
    const of = await offering(undefined, { state: 'Draft' })
    const { uuid } = await insert('offering_screenshot', { offering_id: of.id, name: 'Front', image_id })
    return { gone: [['delete', `/api/marketplace-screenshots/${uuid}/`]] }
  },
  'offering_file.file_id': async (file_id) => {
    const { offering, insert } = w.current
    const of = await offering(undefined, { state: 'Draft' })
    await insert('offering_file', { offering_id: of.id, name: 'Manual', file_id })
    return deleted('/api/marketplace-provider-offerings/')(of)
  },
  'order.attachment_id': order('attachment_id'),
  'order.provider_message_attachment_id': order('provider_message_attachment_id'),
  'order.consumer_message_attachment_id': order('consumer_message_attachment_id'),
}

/** Of what is never removed. */
const KEPT = ['invoice.proof_id']

const aFile = async () => {
  const { insert, config } = w.current
  const storage_key = await putFile(config, Buffer.from('GIF'))
  return insert('file', { name: 'a.gif', content_type: 'image/gif', size_bytes: 3, storage_key })
}

describe('files', () => {
  it('have a case for every column that names one', async () => {
    expect([...Object.keys(CASES), ...KEPT].sort()).toEqual((await columns()).sort())
  })

  it.each(Object.entries(CASES))('of %s are nobody’s to read once their object is gone', async (_, make) => {
    const { as, user } = w.current
    const file = await aFile()
    const { gone } = await make(file.id)
    const staff = as(await user({ is_staff: true }))
    const before = await as().get(`/api/media/${file.uuid}/`)

    for (const [method, path] of gone) expect((await staff[method](path)).status).toBe(204)

    expect(before.status).toBe(200)
    expect((await as().get(`/api/media/${file.uuid}/`)).status).toBe(404)
  })

  it('of a removed project are read by who still finds it, and by everybody after its return', async () => {
    const { as, cast, db } = w.current
    const { project, staff, customerOwner, outsider, projectManager } = await cast()
    const file = await aFile()
    const media = `/api/media/${file.uuid}/`
    const path = `/api/projects/${project.uuid}/`
    await db.updateTable('project').set({ image_id: file.id }).where('id', '=', project.id).execute()

    await as(customerOwner).delete(path)
    const removed = [await as(staff).get(media), await as(customerOwner).get(media), await as(outsider).get(media)]
    await as(customerOwner).post(`${path}recover/`, {})

    expect(removed.map(({ status }) => status)).toEqual([200, 200, 404])
    expect((await as(projectManager).get(media)).status).toBe(200)
    expect((await as().get(media)).status).toBe(200)
  })

  it('of an organization that is kept unseen for its former orders, and of its removed projects, are gone', async () => {
    const { as, cast, db, offering, resource, project } = w.current
    const { consumer, provider, project: used, staff } = await cast()
    const [logo, face] = [await aFile(), await aFile()]
    await resource(await offering(provider), used, { state: 'Terminated' })
    await db.updateTable('customer').set({ image_id: logo.id }).where('id', '=', consumer.id).execute()
    await as(staff).delete(`/api/projects/${used.uuid}/`)
    const [other, inside] = await w.current.customer().then(async (row) => [row, await project(row, { image_id: face.id })] as const)
    await as(staff).delete(`/api/projects/${inside.uuid}/`)

    const answers = [await as(staff).delete(`/api/customers/${consumer.uuid}/`), await as(staff).delete(`/api/customers/${other.uuid}/`)]

    expect(answers.map(({ status }) => status)).toEqual([204, 204])
    expect((await as().get(`/api/media/${logo.uuid}/`)).status).toBe(404)
    expect(await db.selectFrom('file').select('id').where('id', 'in', [logo.id, face.id]).execute()).toEqual([])
  })
})
