import { describe, expect, it } from 'vitest'
import { type Person, urls, world } from '../../tests/support/world.ts'

const w = world()
const enforcing = world({ ENFORCE_USER_CONSENT_FOR_OFFERINGS: 'true' })

/** An offering that the cast's project uses, beside one that somebody else's project does. */
async function used(of = w) {
  const { cast, offering, project, resource } = of.current
  const people = await cast()
  const sold = await offering(people.provider, {
    plugin_options: JSON.stringify({ service_provider_can_create_offering_user: true }),
  })
  await resource(sold, people.project)
  const past = await project(people.consumer)
  await resource(sold, past, { state: 'Terminated' })
  await resource(await offering(people.provider), await project(people.consumer))
  const get = (person: Person | undefined, what: string, query = {}) =>
    of.current.as(person).get(`/api/marketplace-provider-offerings/${sold.uuid}/${what}/`, { query })
  return { ...people, sold, get }
}

const usernames = (rows: readonly { username: string }[]) => rows.map(({ username }) => username)

describe('who uses an offering', () => {
  it('providers §1.1: its projects are those with a resource that is not terminated', async () => {
    const { get, project, providerOwner, providerManager, support, customerOwner, outsider } = await used()

    const listed = await get(providerManager, 'list_customer_projects')

    expect(listed.body).toMatchObject([{ uuid: project.uuid }])
    expect(listed.headers['x-result-count']).toBe('1')
    for (const person of [providerOwner, support]) expect((await get(person, 'list_customer_projects')).body).toHaveLength(1)
    for (const person of [customerOwner, outsider]) expect((await get(person, 'list_customer_projects')).status).toBe(404)
    expect((await get(undefined, 'list_customer_projects')).status).toBe(401)
  })

  it('providers §1.1: its people hold a role in such a project, are active, and told of by name alone', async () => {
    const { get, grant, sold, project, providerOwner, projectManager, projectAdmin, projectMember, support, offeringManager } = {
      ...(await used()),
      grant: w.current.grant,
    }
    const gone = await w.current.user({ is_active: false })
    await grant(gone, 'PROJECT.MEMBER', project)
    await grant(offeringManager, 'OFFERING.MANAGER', sold)

    const listed = (await get(providerOwner, 'list_customer_users')).body

    expect(usernames(listed)).toEqual(usernames([projectManager, projectAdmin, projectMember]).sort())
    expect(Object.keys(listed[0])).toEqual(['url', 'uuid', 'username', 'full_name', 'email', 'first_name', 'last_name'])
    // What the offerings ask for instead is what their provider is told.
    await w.current.db
      .insertInto('offering_user_attributes')
      .values({ offering_id: sold.id, exposed: ['username', 'organization'] })
      .execute()
    expect(Object.keys((await get(providerOwner, 'list_customer_users')).body[0])).toEqual(['url', 'uuid', 'username', 'organization'])
    const all = (await get(support, 'list_customer_users')).body
    expect(usernames(all)).toContain(gone.username)
    expect(all[0]).toHaveProperty('phone_number')
    expect((await get(offeringManager, 'list_customer_users')).status).toBe(403)
  })

  it('tells whether somebody has access, as far as the caller is told of them at all', async () => {
    const { get, providerOwner, projectMember, customerOwner, outsider, sold, offeringManager } = await used()
    await w.current.grant(offeringManager, 'OFFERING.MANAGER', sold)
    const has = async (username: string) => (await get(providerOwner, 'user_has_resource_access', { username })).body.has_access

    expect(await Promise.all([projectMember.username, customerOwner.username, outsider.username, 'nobody'].map(has))).toEqual([
      true,
      false,
      false,
      false,
    ])
    expect((await get(providerOwner, 'user_has_resource_access', { username: projectMember.username })).body.uuid).toBe(sold.uuid)
    expect((await get(providerOwner, 'user_has_resource_access', { username: 'x', field: 'uuid' })).body).toEqual({
      uuid: sold.uuid,
      has_access: false,
    })
    expect((await get(providerOwner, 'user_has_resource_access')).body).toEqual({ username: ['This field is required.'] })
    expect((await get(providerOwner, 'user_has_resource_access', { username: '\0' })).status).toBe(400)
    expect((await get(offeringManager, 'user_has_resource_access', { username: 'x' })).status).toBe(403)
  })

  it('providers §4.3: where consent is enforced people are told of once they have agreed, and while they do', async () => {
    const { get, sold, providerOwner, projectMember, projectAdmin, projectManager, staff } = await used(enforcing)
    const { as } = enforcing.current
    const listed = async (person = providerOwner) => usernames((await get(person, 'list_customer_users')).body)
    const has = async () => (await get(providerOwner, 'user_has_resource_access', { username: projectMember.username })).body.has_access
    const terms = { offering: urls.providerOffering(sold), terms_of_service: 'Be kind.' }
    await as(providerOwner).post('/api/marketplace-offering-terms-of-service/', terms)

    expect([await listed(), await has()]).toEqual([[], false])
    const consent = await as(projectMember).post('/api/marketplace-user-offering-consents/', { offering: sold.uuid })
    expect([await listed(), await has()]).toEqual([[projectMember.username], true])
    expect(await listed(staff)).toEqual(usernames([projectMember, projectAdmin, projectManager]).sort())
    await as(projectMember).post(`/api/marketplace-user-offering-consents/${consent.body.uuid}/revoke/`)
    expect([await listed(), await has()]).toEqual([[], false])
  })
})
