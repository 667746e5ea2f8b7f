import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { world } from '../../../tests/support/world.ts'
import { parsePublicKey } from './openssh.ts'

const w = world()

const ED25519 = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJqfhX3mkxMfnHYWPZMpxaH6mwJAXrCYzNGqLXGRkbUy ann@laptop'

const text = (value: Buffer | string) => {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(value.length)
  return Buffer.concat([length, Buffer.from(value)])
}

function rsaKey(): string {
  const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const { n = '', e = '' } = publicKey.export({ format: 'jwk' })
  const blob = Buffer.concat([
    text('ssh-rsa'),
    text(Buffer.from(e, 'base64url')),
    text(Buffer.concat([Buffer.alloc(1), Buffer.from(n, 'base64url')])),
  ])
  return `ssh-rsa ${blob.toString('base64')}`
}

describe('an OpenSSH public key', () => {
  it('has fingerprints in the notation of ssh-keygen', () => {
    const key = parsePublicKey(ED25519)

    expect(key).toMatchObject({ type: 'ssh-ed25519', comment: 'ann@laptop' })
    expect(key).toMatchObject({
      fingerprint_md5: expect.stringMatching(/^([0-9a-f]{2}:){15}[0-9a-f]{2}$/),
      fingerprint_sha256: expect.stringMatching(/^SHA256:[A-Za-z0-9+/]{43}$/),
      fingerprint_sha512: expect.stringMatching(/^SHA512:[A-Za-z0-9+/]{86}$/),
    })
    expect(parsePublicKey(rsaKey())).toMatchObject({ type: 'ssh-rsa', comment: '' })
  })

  it('is refused with the reason', () => {
    const problem = (line: string) => (parsePublicKey(line) as { problem: string }).problem
    const [type, blob = ''] = ED25519.split(' ')

    expect(problem(`${ED25519}\n${ED25519}`)).toBe('Key is not valid: it should be single line.')
    expect(problem('nonsense')).toBe('Key is not valid: cannot generate fingerprint_md5 from it.')
    expect(problem(`${type} not*base64==`)).toBe('Key is not valid: cannot generate fingerprint_md5 from it.')
    expect(problem(`ssh-rsa ${blob}`)).toBe('Invalid SSH public key.')
    expect(problem(`ssh-nope ${blob}`)).toBe('Invalid SSH public key.')
    expect(problem(`${type} ${blob.slice(0, -4)}`)).toBe('Invalid SSH public key.')
    expect(problem(`${type} ${text('ssh-ed25519').toString('base64').padEnd(24, 'A')}`)).toBe('Invalid SSH public key.')
  })
})

describe('keys', () => {
  it('platform 75: people add and delete their own; a key never changes', async () => {
    const ann = await w.current.user()
    const client = w.current.as(ann)

    const made = await client.post('/api/keys/', { name: 'laptop', public_key: `${ED25519}\n` })

    expect(made.status).toBe(201)
    expect(made.headers.location).toBe(made.body.url)
    expect(made.body).toMatchObject({ name: 'laptop', public_key: ED25519, user_uuid: ann.uuid, is_shared: false, type: 'ssh-ed25519' })
    const path = `/api/keys/${made.body.uuid}/`
    expect((await client.get(path)).body).toEqual(made.body)
    expect(await client.patch(path, { name: 'x' })).toMatchObject({ status: 405, body: { detail: 'Method "PATCH" not allowed.' } })
    expect(await client.put(path, { name: 'x' })).toMatchObject({ status: 405 })
    expect(await client.delete(path)).toMatchObject({ status: 204, text: '' })
    expect(await client.get(path)).toMatchObject({ status: 404, body: { detail: 'No SshPublicKey matches the given query.' } })
    const events = await w.current.db
      .selectFrom('event')
      .select(['event_type', 'message'])
      .where('event_type', 'like', 'ssh_key%')
      .orderBy('id')
      .execute()
    expect(events).toEqual([
      { event_type: 'ssh_key_creation_succeeded', message: `SSH key laptop has been created for user ${ann.username}.` },
      { event_type: 'ssh_key_deletion_succeeded', message: `SSH key laptop of user ${ann.username} has been deleted.` },
    ])
  })

  it('platform 75: two lines, no key and a name that is taken are refused', async () => {
    const [ann, bob] = [await w.current.user(), await w.current.user()]
    const post = (body: object, person = ann) => w.current.as(person).post('/api/keys/', body)

    expect(await post({ name: 'a', public_key: `${ED25519}\n${ED25519}` })).toMatchObject({
      status: 400,
      body: { public_key: ['Key is not valid: it should be single line.'] },
    })
    expect(await post({ name: 'a' })).toMatchObject({ status: 400, body: { public_key: ['This field is required.'] } })
    expect(await post({ name: 'a'.repeat(151), public_key: 'x'.repeat(2001) })).toMatchObject({
      status: 400,
      body: {
        name: ['Ensure this field has no more than 150 characters.'],
        public_key: ['Ensure this field has no more than 2000 characters.'],
      },
    })
    expect(await post({ name: 'a', public_key: ED25519 })).toMatchObject({ status: 201 })
    expect(await post({ name: 'a', public_key: rsaKey() })).toMatchObject({ status: 400, body: { name: ['This field must be unique.'] } })
    expect(await post({ name: 'a', public_key: ED25519 }, bob)).toMatchObject({ status: 201 })
    expect(await w.current.as().post('/api/keys/', {})).toMatchObject({ status: 401 })
  })

  it('without a name a key is called by its comment', async () => {
    const ann = await w.current.user()

    expect((await w.current.as(ann).post('/api/keys/', { public_key: ED25519 })).body.name).toBe('ann@laptop')
    expect((await w.current.as(ann).post('/api/keys/', { public_key: rsaKey() })).body.name).toBe('')
  })

  it('platform 75: others see shared keys alone, which staff alone deletes; support sees all and deletes none', async () => {
    const { staff, support } = await w.current.cast()
    const [ann, bob] = [await w.current.user(), await w.current.user()]
    const own = (await w.current.as(ann).post('/api/keys/', { name: 'own', public_key: rsaKey() })).body.uuid
    const shared = (await w.current.as(ann).post('/api/keys/', { name: 'shared', public_key: rsaKey() })).body.uuid
    await w.current.db.updateTable('ssh_key').set({ is_shared: true }).where('uuid', '=', shared).execute()
    const remove = (person: typeof ann, uuid: string) => w.current.as(person).delete(`/api/keys/${uuid}/`)
    const uuids = async (person: typeof ann, query = {}) =>
      (await w.current.as(person).get('/api/keys/', { query: { user_uuid: ann.uuid, ...query } })).body.map(
        (key: { uuid: string }) => key.uuid,
      )

    expect(await uuids(bob)).toEqual([shared])
    expect(await uuids(ann)).toEqual([own, shared])
    expect(await uuids(support)).toEqual([own, shared])
    expect(await uuids(ann, { is_shared: false })).toEqual([own])
    expect(await w.current.as(bob).get(`/api/keys/${own}/`)).toMatchObject({ status: 404 })
    expect(await remove(bob, own)).toMatchObject({ status: 404 })
    expect(await remove(bob, shared)).toMatchObject({
      status: 403,
      body: { detail: 'Only staff users are allowed to delete shared SSH public key.' },
    })
    expect(await remove(ann, shared)).toMatchObject({ status: 403 })
    expect(await remove(support, own)).toMatchObject({
      status: 403,
      body: { detail: 'You do not have permission to perform this action.' },
    })
    expect(await remove(staff, shared)).toMatchObject({ status: 204 })
    expect(await remove(staff, own)).toMatchObject({ status: 204 })
  })

  it('are found by every filter and ordered by name', async () => {
    const ann = await w.current.user()
    const [a, b] = [rsaKey(), rsaKey()]
    const first = (await w.current.as(ann).post('/api/keys/', { name: 'key a', public_key: a })).body
    await w.current.as(ann).post('/api/keys/', { name: 'key b', public_key: b })
    const found = async (query: { [name: string]: string }) =>
      (await w.current.as(ann).get('/api/keys/', { query })).body.map((key: { name: string }) => key.name)

    for (const name of ['fingerprint_md5', 'fingerprint_sha256', 'fingerprint_sha512', 'uuid'] as const) {
      expect(await found({ [name]: first[name] }), name).toEqual(['key a'])
    }
    expect(await found({ name: 'KEY' })).toEqual(['key a', 'key b'])
    expect(await found({ name_exact: 'key a' })).toEqual(['key a'])
    expect(await found({ o: '-name' })).toEqual(['key b', 'key a'])
    expect(await found({ created: '2099-01-01' })).toEqual([])
    expect(await found({ modified: '2099-01-01' })).toEqual([])
    expect(await w.current.as(ann).get('/api/keys/', { query: { uuid: 'x', o: 'name' } })).toMatchObject({ status: 400 })
    expect((await w.current.as(ann).head('/api/keys/')).headers['x-result-count']).toBe('2')
  })
})
