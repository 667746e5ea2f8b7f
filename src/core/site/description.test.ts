import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { world } from '../../../tests/support/world.ts'

describe('the description of the API', () => {
  const w = world()

  it('is served to everybody as it is made from the routes', async () => {
    const { app, as } = w.current

    const answer = await as().get('/api/schema/')

    expect(answer.status).toBe(200)
    expect(answer.headers['content-type']).toBe('application/json')
    expect(answer.body).toEqual(JSON.parse(JSON.stringify(app.openapi())))
    expect(answer.body.paths['/api/configuration/'].get.operationId).toBe('configuration_retrieve')
  })

  it.each([
    ['?format=yaml', {}],
    ['', { accept: 'application/yaml' }],
    ['', { accept: 'application/vnd.oai.openapi, text/yaml' }],
  ])('is YAML too when asked for: %s %o', async (query, headers) => {
    const { app, as } = w.current

    const answer = await as().get(`/api/schema/${query}`, { headers })

    expect(answer.headers['content-type']).toBe('application/yaml')
    expect(parse(answer.text, { maxAliasCount: -1 })).toEqual(JSON.parse(JSON.stringify(app.openapi())))
  })

  it('stays JSON for those who take anything, and knows no other format', async () => {
    const { as } = w.current

    expect((await as().get('/api/schema/', { headers: { accept: '*/*' } })).headers['content-type']).toBe('application/json')
    expect((await as().get('/api/schema/?format=json', { headers: { accept: 'application/yaml' } })).headers['content-type']).toBe(
      'application/json',
    )
    expect((await as().get('/api/schema/?format=xml')).status).toBe(404)
  })

  it('opens as a page that needs nothing from elsewhere', async () => {
    const { app, as } = w.current

    const { status, headers, text } = await as().get('/api/docs/', { headers: { accept: 'text/html' } })

    expect(status).toBe(200)
    expect(headers['content-type']).toBe('text/html; charset=utf-8')
    expect(text).not.toMatch(/<script|<link|src=|https?:\/\//)
    const operations = Object.values(app.openapi().paths).flatMap((methods) => Object.entries(methods))
    for (const [method, operation] of operations) {
      if (method !== 'head') expect(text).toContain(`id="${(operation as { operationId: string }).operationId}"`)
    }
    for (const [, target] of text.matchAll(/href="#([^"]+)"/g)) expect(text).toContain(`id="${target}"`)
  })

  it('lists the collections at the root, for those with a token', async () => {
    const { as, user } = w.current

    const { status, body } = await as(await user()).get('/api/')

    expect(status).toBe(200)
    expect(body['marketplace-plans']).toBe('http://testserver/api/marketplace-plans/')
    expect(body['project-types']).toBe('http://testserver/api/project-types/')
    expect(Object.values(body).every((url) => /^http:\/\/testserver\/api\/[a-z-]+\/$/.test(String(url)))).toBe(true)
    expect((await as().get('/api/')).status).toBe(401)
  })
})
