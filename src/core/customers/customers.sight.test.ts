import { describe, expect, it } from 'vitest'
import { urls, world } from '../../../tests/support/world.ts'

const LIST = '/api/customers/'

describe('what is seen of organizations', () => {
  const w = world()

  it('platform 68: are reached from their networks alone, with all that lies in them, except by staff and support', async () => {
    const { cast, as } = w.current
    const { staff, support, customerOwner, projectManager, consumer, project, provider, providerOwner } = await cast()
    const path = `${LIST}${consumer.uuid}/`
    const see = async (person: typeof staff) => [
      (await as(person).get(path)).status,
      (await as(person).get(`/api/projects/${project.uuid}/`)).status,
    ]

    const before = await see(customerOwner)
    await as(staff).patch(path, { access_subnets: '10.1.0.0/16' })
    const outside = [await see(customerOwner), await see(projectManager), await see(staff), await see(support)]
    const lists = [await as(customerOwner).get(LIST), await as(projectManager).get('/api/projects/')]
    const other = await as(providerOwner).get(`${LIST}${provider.uuid}/`)
    await as(staff).patch(path, { access_subnets: '10.1.0.0/16, 127.0.0.1' })
    const inside = await see(customerOwner)

    expect(before).toEqual([200, 200])
    expect(outside).toEqual([
      [404, 404],
      [404, 404],
      [200, 200],
      [200, 200],
    ])
    for (const list of lists) expect(list.body).toEqual([])
    expect(other.status).toBe(200)
    expect(inside).toEqual([200, 200])
  })

  it('are seen by those who hold a role in them, on their service provider or in their projects', async () => {
    const { cast, as } = w.current
    const people = await cast()
    const { consumer, provider } = people
    const seen = async (person: typeof people.staff) => (await as(person).get(LIST)).body.map((row: { uuid: string }) => row.uuid)

    expect(await seen(people.customerOwner)).toEqual([consumer.uuid])
    expect(await seen(people.projectMember)).toEqual([consumer.uuid])
    expect(await seen(people.providerManager)).toEqual([provider.uuid])
    expect(await seen(people.outsider)).toEqual([])
    expect((await as(people.support).get(`${LIST}${provider.uuid}/`)).status).toBe(200)
    expect(await as(people.outsider).get(`${LIST}${consumer.uuid}/`)).toMatchObject({
      status: 404,
      body: { detail: 'No Customer matches the given query.' },
    })
  })

  it('count what the caller sees of them', async () => {
    const { cast, as, project, grant, user } = w.current
    const { customerOwner, projectManager, consumer, provider, providerOwner, serviceProvider } = await cast()
    const second = await project(consumer, { name: 'Second' })
    await project(consumer, { is_removed: true })
    await grant(await user(), 'PROJECT.ADMIN', second)

    const [whole] = (await as(customerOwner).get(LIST)).body
    const [part] = (await as(projectManager).get(LIST)).body
    const seller = (await as(providerOwner).get(`${LIST}${provider.uuid}/`)).body

    expect(whole).toMatchObject({ projects_count: 2, users_count: 5 })
    expect(whole.projects.map((one: { name: string }) => one.name)).toContain('Second')
    expect(part).toMatchObject({ projects_count: 1, users_count: 4 })
    expect(seller).toMatchObject({
      is_service_provider: true,
      service_provider: urls.serviceProvider(serviceProvider),
      service_provider_uuid: serviceProvider.uuid,
    })
  })

  it('list the people of the organization and its projects, each once, to those who may', async () => {
    const { cast, as, grant } = w.current
    const { staff, support, customerOwner, projectManager, projectAdmin, outsider, consumer, project } = await cast()
    await grant(customerOwner, 'PROJECT.ADMIN', project)
    const path = `${LIST}${consumer.uuid}/users/`
    const found = async (query: Record<string, string>) =>
      (await as(customerOwner).get(path, { query })).body.map((row: { username: string }) => row.username)

    const list = await as(customerOwner).get(path)
    const owner = list.body.find((row: { uuid: string }) => row.uuid === customerOwner.uuid)
    const manager = list.body.find((row: { uuid: string }) => row.uuid === projectManager.uuid)

    expect(list.headers['x-result-count']).toBe('4')
    expect(owner).toMatchObject({
      url: urls.user(customerOwner),
      role_name: 'CUSTOMER.OWNER',
      role: 'CUSTOMER.OWNER',
      expiration_time: null,
      projects: [
        { uuid: project.uuid, url: urls.project(project), role_name: 'PROJECT.ADMIN', role: 'PROJECT.ADMIN', expiration_time: null },
      ],
    })
    expect(manager).toMatchObject({ role_name: null, projects: [{ role_name: 'PROJECT.MANAGER' }] })
    expect(await found({ organization_role: 'CUSTOMER.OWNER' })).toEqual([customerOwner.username])
    expect(await found({ project_role: 'PROJECT.MANAGER' })).toEqual([projectManager.username])
    expect(await found({ user_keyword: projectAdmin.username })).toEqual([projectAdmin.username])
    expect(await found({ username: projectAdmin.username, is_active: 'true' })).toEqual([projectAdmin.username])
    expect(await found({ is_active: 'false' })).toEqual([])
    expect((await found({ o: '-concatenated_name' })).reverse()).toEqual(await found({}))
    expect((await as(customerOwner).get(path, { query: { organization_role: 'nope' } })).status).toBe(400)
    expect([(await as(staff).get(path)).status, (await as(support).get(path)).status]).toEqual([200, 200])
    expect((await as(projectManager).get(path)).status).toBe(403)
    expect((await as(outsider).get(path)).status).toBe(404)
    expect((await as(customerOwner).head(path)).headers['x-result-count']).toBe('4')
  })

  it('sum up what their resources use', async () => {
    const { cast, as, offering, component, resource, insert, plan } = w.current
    const { customerOwner, outsider, provider, consumer, project } = await cast()
    const cloud = await offering(provider, { name: 'Cloud' })
    const cpu = await component(cloud, { type: 'cpu', measured_unit: 'cores' })
    const first = await resource(cloud, project, { limits: JSON.stringify({ cpu: 4 }), plan_id: (await plan(cloud)).id })
    await resource(cloud, project, { limits: JSON.stringify({ cpu: 3 }) })
    await resource(cloud, project, { limits: JSON.stringify({ cpu: 100 }), state: 'Terminated' })
    const month = new Date().toISOString().slice(0, 8)
    await insert('component_usage', {
      resource_id: first.id,
      component_id: cpu.id,
      billing_period: `${month}01`,
      date: new Date().toISOString(),
      usage: 2.5,
    })
    await insert('component_usage', {
      resource_id: first.id,
      component_id: cpu.id,
      billing_period: '2020-01-01',
      date: '2020-01-05',
      usage: 10,
    })

    const stats = await as(customerOwner).get(`${LIST}${consumer.uuid}/stats/`)
    const recent = await as(customerOwner).get(`${LIST}${consumer.uuid}/stats/`, { query: { for_current_month: true } })
    const ofProject = await as(customerOwner).get(`/api/projects/${project.uuid}/stats/`, { query: { for_current_month: true } })

    expect(stats.body.components).toEqual([
      {
        type: 'cpu',
        name: 'CPU',
        description: '',
        measured_unit: 'cores',
        billing_type: 'limit',
        usage: 13,
        limit_usage: 13,
        limit: 7,
        offering_name: 'Cloud',
        offering_uuid: cloud.uuid,
      },
    ])
    expect(recent.body.components[0]).toMatchObject({ usage: 3, limit: 7 })
    expect(ofProject.body).toEqual(recent.body)
    expect((await as(outsider).get(`${LIST}${consumer.uuid}/stats/`)).status).toBe(404)
  })
})
