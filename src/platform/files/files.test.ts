import { mkdtempSync, rmSync } from 'node:fs'
import { readdir, utimes } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { PNG, png } from '../../../tests/support/pictures.ts'
import { world } from '../../../tests/support/world.ts'
import { cleanSvg, contentTypeOf } from './content.ts'
import { openFile, putFile, removeFile } from './storage.ts'
import { sweepStoredFiles } from './store.ts'

const folder = mkdtempSync(join(tmpdir(), 'tradepost-files-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const w = world({ DATA_DIR: folder })

const NOT_AN_IMAGE = 'Upload a valid image. The file you uploaded was either not an image or a corrupted image.'
const NOT_A_FILE = 'The submitted data was not a file. Check the encoding type on the form.'

const keptFiles = async () =>
  (await readdir(join(folder, 'files'), { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile()).length

describe('pictures', () => {
  it('platform 79: a picture is kept and open to everybody under its address', async () => {
    const staff = await w.current.user({ is_staff: true })
    const fields = { username: 'with.face', email: 'with.face@example.com' }

    const made = await w.current.as(staff).upload('/api/users/', { ...fields, image: png('minu nägu.png') })

    expect(made.status).toBe(201)
    expect(made.body.image).toMatch(/^http:\/\/testserver\/api\/media\/[0-9a-f]{32}\/$/)
    const answer = await w.current.app.inject({ url: made.body.image.replace('http://testserver', '') })
    expect(answer.statusCode).toBe(200)
    expect(answer.rawPayload.equals(PNG)).toBe(true)
    expect(answer.headers).toMatchObject({
      'content-type': 'image/png',
      'content-disposition': `attachment; filename="minu n_gu.png"; filename*=UTF-8''minu%20n%C3%A4gu.png`,
      'x-content-type-options': 'nosniff',
    })
    expect((await w.current.as().get(made.body.image)).status).toBe(200)
    expect(await w.current.as().get('/api/media/00000000000000000000000000000000/')).toMatchObject({
      status: 404,
      body: { detail: 'Not found.' },
    })
    expect(await w.current.as().get('/api/media/nope/')).toMatchObject({ status: 404 })
  })

  it('platform 79: refuses what is no picture', async () => {
    const staff = await w.current.user({ is_staff: true })
    const path = `/api/users/${staff.uuid}/`
    const send = (image: File) => w.current.as(staff).upload(path, { agree_with_policy: 'true', image }, { method: 'PATCH' })

    expect(await send(new File(['just text'], 'face.png'))).toMatchObject({ status: 400, body: { image: [NOT_AN_IMAGE] } })
    const begun = new File([`GIF89a/*${'<script>alert(1)</script>'.repeat(9)}*/=1`], 'face.gif')
    expect(await send(begun)).toMatchObject({ status: 400, body: { image: [NOT_AN_IMAGE] } })
    expect(await send(png('face.js'))).toMatchObject({ status: 400, body: { image: [NOT_AN_IMAGE] } })
    expect(await send(new File([], 'face.png'))).toMatchObject({ status: 400, body: { image: ['The submitted file is empty.'] } })
    expect(await w.current.as(staff).patch(path, { agree_with_policy: true, image: 'face.png' })).toMatchObject({
      status: 400,
      body: { image: [NOT_A_FILE] },
    })
  })

  it('platform 79: null clears it, nothing keeps it, another replaces it; old bytes go after commit', async () => {
    const ann = await w.current.user({ agreement_date: '2026-01-01T00:00:00Z' })
    const path = `/api/users/${ann.uuid}/`
    const before = await keptFiles()

    const first = await w.current.as(ann).upload(path, { image: png() }, { method: 'PATCH' })
    const kept = await w.current.as(ann).patch(path, { first_name: 'Ann' })
    const second = await w.current.as(ann).upload(path, { image: png('other.png') }, { method: 'PATCH' })
    await w.current.runJobs()

    expect(kept.body.image).toBe(first.body.image)
    expect(second.body.image).not.toBe(first.body.image)
    expect((await w.current.as().get(first.body.image)).status).toBe(404)
    expect(await keptFiles()).toBe(before + 1)
    expect(await w.current.as(ann).patch(path, { image: null })).toMatchObject({ status: 200, body: { image: null } })
    await w.current.runJobs()
    expect(await keptFiles()).toBe(before)
  })

  it('a picture goes with its user', async () => {
    const [staff, ann] = [await w.current.user({ is_staff: true }), await w.current.user({ agreement_date: '2026-01-01T00:00:00Z' })]
    const before = await keptFiles()
    await w.current.as(ann).upload(`/api/users/${ann.uuid}/`, { image: png() }, { method: 'PATCH' })

    await w.current.as(staff).delete(`/api/users/${ann.uuid}/`)
    await w.current.runJobs()

    expect(await keptFiles()).toBe(before)
  })

  it('bytes that no row names are swept away after a day', async () => {
    const [old, young] = [await putFile(w.current.config, PNG), await putFile(w.current.config, PNG)]
    const before = await keptFiles()
    await utimes(join(folder, 'files', old), new Date(0), new Date(0))

    await w.current.runJob(sweepStoredFiles, {})

    expect(await keptFiles()).toBe(before - 1)
    expect(await openFile(w.current.config, old)).toBeUndefined()
    await removeFile(w.current.config, young)
  })

  it('what could run in a drawing is taken out', () => {
    const drawing = `<svg xmlns="http://www.w3.org/2000/svg" onload="a()"><script>b()</script><a xlink:href="javascript:c()"><circle r="4"/></a>
      <foreignObject><p>d</p></foreignObject><image href="data:image/png;base64,AAAA"/></svg>`

    const cleaned = cleanSvg(Buffer.from(drawing)).toString()

    expect(cleaned).not.toMatch(/onload|script|foreignObject|[abcd]\(\)/)
    expect(cleaned).toContain('<circle r="4">')
    expect(cleaned).toContain('data:image/png')
  })

  it('a file’s type is judged by its content', async () => {
    const type = (filename: string, data: Buffer | string) => contentTypeOf({ filename, mimetype: 'image/gif', data: Buffer.from(data) })

    expect(await type('a.txt', PNG)).toBe('image/png')
    expect(await type('a.png', '<svg xmlns="http://www.w3.org/2000/svg"/>')).toBe('image/svg+xml')
    expect(await type('a.csv', 'a,b')).toBe('text/csv')
    expect(await type('a.pdf', '%PDF-1.7 etc')).toBe('application/pdf')
    expect(await type('a.exe', 'MZ?')).not.toBe('text/html')
    expect(await type('a', 'plain')).toBe('application/octet-stream')
  })

  it('a guarded file is nobody’s to read without its guard', async () => {
    const file = await w.current.insert('file', {
      name: 'a.pdf',
      content_type: 'application/pdf',
      size_bytes: 1,
      storage_key: 'aa/none',
      guarded_by: 'order',
    })
    const staff = await w.current.user({ is_staff: true })

    expect(await w.current.as(staff).get(`/api/media/${file.uuid}/`)).toMatchObject({ status: 404 })
  })
})
