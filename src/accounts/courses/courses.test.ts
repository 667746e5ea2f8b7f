import { beforeAll, describe, expect, it } from 'vitest'
import { type Person, type Row, urls, world } from '../../../tests/support/world.ts'
import { closeCourses } from './ends.ts'

const COURSES = '/api/marketplace-course-accounts/'

const w = world()
type Cast = Awaited<ReturnType<(typeof w)['current']['cast']>>
let people: Cast
let course: Row
beforeAll(async () => {
  people = await w.current.cast()
  course = await w.current.project(people.consumer, { kind: 'course', end_date: '2999-01-01', start_date: '2026-01-01' })
  await w.current.grant(people.projectManager, 'PROJECT.MANAGER', course)
})

const as = (person?: Person) => w.current.as(person)
const create = (by: Person, more: object = {}, of = course) => as(by).post(COURSES, { project: of.uuid, ...more })
const userOf = async (uuid: string) => (await as(people.staff).get(`/api/users/${uuid}/`)).body

describe('a course account', () => {
  it('is a user of its own, with a name of the course and no password', async () => {
    const made = await create(people.customerOwner, { email: 'ann@example.com', description: 'First row' })

    expect(made).toMatchObject({
      status: 201,
      body: { state: 'OK', email: 'ann@example.com', description: 'First row', project: course.uuid, project_end_date: '2999-01-01' },
    })
    expect(made.body.username).toMatch(/^course_\d{4}$/)
    expect(await userOf(made.body.user_uuid)).toMatchObject({
      username: made.body.username,
      is_active: true,
      description: 'Course Account',
    })
    expect((await create(people.customerOwner)).body).toMatchObject({ email: '', state: 'OK' })
  })

  it('is of a course that has an end (service-providers 91)', async () => {
    const endless = await w.current.project(people.consumer, { kind: 'course', name: 'Endless' })
    const removed = await w.current.project(people.consumer, { kind: 'course', end_date: '2999-01-01', is_removed: true })
    const missing = ({ uuid }: Row) => ({ status: 400, body: { project: [`Object with uuid=${uuid} does not exist.`] } })

    expect(await create(people.customerOwner, {}, endless)).toMatchObject({
      status: 400,
      body: ['Unable to create a course account for a course project Endless without an end_date'],
    })
    expect(await create(people.customerOwner, {}, people.project)).toMatchObject(missing(people.project))
    expect(await create(people.staff, {}, removed)).toMatchObject(missing(removed))
    expect(await create(people.outsider)).toMatchObject(missing(course))
  })

  it('is closed once, and its user with it; it is never changed (service-providers 93)', async () => {
    const { body } = await create(people.customerOwner)

    expect((await as(people.customerOwner).patch(body.url, { email: 'x@example.com' })).status).toBe(405)
    expect((await as(people.customerOwner).delete(body.url)).status).toBe(204)
    expect((await as(people.customerOwner).get(body.url)).body.state).toBe('Closed')
    expect((await userOf(body.user_uuid)).is_active).toBe(false)
    expect((await as(people.customerOwner).delete(body.url)).status).toBe(204)
  })

  it('closes with its project, and when its course is over', async () => {
    const [ended, removed] = [
      await w.current.project(people.consumer, { kind: 'course', end_date: '2999-01-01' }),
      await w.current.project(people.consumer, { kind: 'course', end_date: '2999-01-01' }),
    ]
    const accounts = [(await create(people.customerOwner, {}, ended)).body, (await create(people.customerOwner, {}, removed)).body]
    const states = async () => Promise.all(accounts.map(async ({ url }) => (await as(people.staff).get(url)).body.state))

    await as(people.customerOwner).delete(urls.project(removed))
    expect(await states()).toEqual(['OK', 'Closed'])
    expect((await userOf(accounts[1].user_uuid)).is_active).toBe(false)
    await w.current.runJob(closeCourses, {})
    expect(await states()).toEqual(['OK', 'Closed'])

    await w.current.db.updateTable('project').set({ end_date: '2026-01-01' }).where('id', '=', ended.id).execute()
    await w.current.runJob(closeCourses, {})
    expect(await states()).toEqual(['Closed', 'Closed'])
  })

  it('is managed by who holds the permission on the course or its organization; others are told nothing', async () => {
    const { body } = await create(people.customerOwner)
    const other = await w.current.cast()

    for (const person of [people.projectManager, people.support]) expect((await create(person)).status).toBe(403)
    for (const person of [people.projectManager, people.outsider, people.providerOwner, other.customerOwner]) {
      expect((await as(person).get(body.url)).status).toBe(404)
      expect((await as(person).delete(body.url)).status).toBe(404)
      expect((await as(person).get(COURSES, { query: { project_uuid: course.uuid } })).headers['x-result-count']).toBe('0')
    }
    expect((await as(people.support).get(body.url)).status).toBe(200)
    expect((await as().get(COURSES)).status).toBe(401)
  })
})

describe('many course accounts at once', () => {
  const bulk = (course_accounts: unknown, by = people.customerOwner) =>
    as(by).post(`${COURSES}create_bulk/`, { project: course.uuid, course_accounts })

  it('are all made, each by its own name (service-providers 92)', async () => {
    const three = [1, 2, 3].map((seat) => ({ email: 'same@example.com', description: `Seat ${seat}` }))

    const made = await bulk(three)

    expect(made.status).toBe(200)
    expect(made.body.map(({ description }: { description: string }) => description)).toEqual(['Seat 1', 'Seat 2', 'Seat 3'])
    expect(new Set(made.body.map(({ username }: { username: string }) => username)).size).toBe(3)
    expect((await bulk([])).body).toEqual({ course_accounts: 'This field cannot be empty.' })
    expect((await bulk(three, people.projectManager)).status).toBe(403)
  })

  it('are none when one is wrong, which is named', async () => {
    const count = async () => (await as(people.staff).get(COURSES)).headers['x-result-count']
    const before = await count()

    expect(await bulk([{ email: 'good@example.com' }, { email: 'bad' }])).toMatchObject({
      status: 400,
      body: { course_accounts: [{}, { email: ['Enter a valid email address.'] }] },
    })
    expect(await count()).toBe(before)
  })

  it('have different names also when they are asked for by several at once, and one of the names is taken', async () => {
    await w.current.user({ username: 'course_0040' })
    const answers = await Promise.all([1, 2, 3, 4].map(() => bulk(Array.from({ length: 10 }, () => ({})))))
    const names = answers.flatMap(({ body }) => body.map(({ username }: { username: string }) => username))

    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200])
    expect(new Set([...names, 'course_0040']).size).toBe(41)
  })
})
