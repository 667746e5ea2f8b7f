// Lists as CSV: all rows, as filtered and ordered, shown as far as the caller is shown them, harmless in a spreadsheet.
import type { AddressInfo } from 'node:net'
import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { type Person, world } from '../support/world.ts'

const w = world()

async function projects() {
  const c = await w.current.cast()
  const owner = c.customerOwner
  const names = ['=1+1', '+44', '-5.00', '-cmd', '@sum', 'with, comma', 'with "quotes"', 'with\nlines', 'Ünïcode']
  for (const [i, name] of names.entries()) await w.current.project(c.consumer, { name, slug: `s${i}`, description: `d${i}` })
  const csv = (person: Person | undefined, path: string, headers: { [name: string]: string } = { accept: 'text/csv' }) =>
    w.current.app.inject({ url: path, headers: { ...headers, ...(person ? { authorization: `Token ${person.token}` } : {}) } })
  return { ...c, owner, csv }
}

const PATH = '/api/projects/'

describe('a list as CSV', () => {
  it('has a line for each row of the list, in its order, with the fields asked for', async () => {
    const { owner, csv } = await projects()
    const { statusCode, headers, body } = await csv(owner, `${PATH}?field=slug&field=name&o=-name&created=2000-01-01`)
    const listed = (await w.current.as(owner).get(PATH, { query: { o: '-name', created: '2000-01-01', page_size: 300 } })).body as {
      slug: string
    }[]

    expect([statusCode, headers['content-type'], headers['content-disposition']]).toEqual([
      200,
      'text/csv; charset=utf-8',
      'attachment; filename="projects.csv"',
    ])
    expect(body.startsWith('name,slug\r\n')).toBe(true)
    expect(listed.length).toBeGreaterThan(9)
    expect([...body.matchAll(/,(\S*)\r\n/g)].map(([, slug]) => slug)).toEqual(['slug', ...listed.map(({ slug }) => slug)])
  })

  it('is the same by format=csv, and holds nothing that a spreadsheet would run', async () => {
    const { owner, csv } = await projects()
    const { body } = await csv(owner, `${PATH}?field=name&format=csv&created=2000-01-01`, {})

    for (const cell of ["'=1+1", '+44', '-5.00', "'-cmd", "'@sum", '"with, comma"', '"with ""quotes"""', '"with\nlines"', 'Ünïcode'])
      expect(body).toContain(`\r\n${cell}\r\n`)
  })

  it('shows each caller what the list shows them', async () => {
    const { owner, outsider, staff, csv } = await projects()
    const head = async (person: Person) => (await csv(person, '/api/projects/')).body.split('\r\n')[0]?.split(',')

    expect((await csv(outsider, '/api/projects/')).body.split('\r\n')).toHaveLength(2)
    expect(await head(staff)).toContain('staff_notes')
    expect(await head(owner)).not.toContain('staff_notes')
    expect((await csv(undefined, '/api/projects/')).statusCode).toBe(401)
    expect((await csv(owner, `${PATH}?o=nothing`)).statusCode).toBe(400)
    expect((await csv(owner, '/api/users/me/')).statusCode).toBe(406)
  })

  it('is given of every list, whole however many rows there are, and to who reads slowly', async () => {
    const { staff, consumer, csv } = await projects()
    await sql`insert into project (name, customer_id, slug) select 'Many', ${consumer.id}, 'many' from generate_series(1, 1700)`.execute(
      w.current.db,
    )
    const { body } = await csv(staff, `${PATH}?name_exact=Many&field=name`)
    const lines = body.split('\r\n')

    expect(lines).toHaveLength(1702)
    for (const path of ['/api/marketplace-orders/', '/api/marketplace-provider-offerings/groups/', '/api/users/', '/api/roles/'])
      expect([path, (await csv(staff, path)).statusCode]).toEqual([path, 200])
  })

  it('is read by two at once; a third waits, and takes the place of whoever hangs up', async () => {
    const { staff, consumer } = await projects()
    // More than the buffers on the way hold, so that a reader who does not read keeps the list waiting.
    await sql`insert into project (name, customer_id, slug, description)
      select 'Wide', ${consumer.id}, 'wide', repeat('x', 4000) from generate_series(1, 6000)`.execute(w.current.db)
    await w.current.app.listen({ port: 0, host: '127.0.0.1' })
    const { port } = w.current.app.server.address() as AddressInfo
    const ask = (hangUp: AbortSignal) =>
      fetch(`http://127.0.0.1:${port}${PATH}?name_exact=Wide&field=description&format=csv`, {
        headers: { authorization: `Token ${staff.token}` },
        signal: hangUp,
      })
    const [first, second, third] = [new AbortController(), new AbortController(), new AbortController()]
    const began = [await ask(first.signal), await ask(second.signal)]
    const waiting = ask(third.signal)
    first.abort()

    expect([...began, await waiting].map(({ status }) => status)).toEqual([200, 200, 200])
    expect((await ask(new AbortController().signal)).status).toBe(503)
    for (const reader of [second, third]) reader.abort()
    const last = await ask(new AbortController().signal)
    expect((await last.text()).split('\r\n')).toHaveLength(6002)
  })
})
