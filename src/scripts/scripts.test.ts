// Orders that a script of the provider carries out: real processes, real limits.
import { spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { type Person, urls, world } from '../../tests/support/world.ts'
import { sealSecretOptions } from '../offerings/secret-options.ts'
import { executeOrder } from '../orders/execute.ts'
import { interruptOrders } from '../orders/interrupt.ts'
import { TryAgain } from '../platform/jobs/attempt.ts'

const w = world({ SCRIPTS_ENABLED: 'true', SCRIPT_MAX_SECONDS: '1', SCRIPT_MAX_MEBIBYTES: '400' })
const off = world()
const isRoot = process.getuid?.() === 0
const python = existsSync('/usr/bin/python3') || existsSync('/usr/local/bin/python3')

type Secrets = { [name: string]: unknown }

async function selling(secrets: Secrets, { plugin = {}, on = w.current } = {}) {
  const c = await on.cast()
  const offering = await on.offering(c.provider, {
    type: 'Marketplace.Script',
    plugin_options: JSON.stringify(plugin),
    secret_options: sealSecretOptions(on.config.SECRET_KEY, { language: 'bash', ...secrets }),
  })
  const plan = await on.plan(offering)
  const place = (person: Person = c.customerOwner, attributes: object = {}) =>
    on.as(person).post('/api/marketplace-orders/', {
      offering: urls.offering(offering),
      project: urls.project(c.project),
      plan: urls.plan(offering, plan),
      attributes: { name: 'vm-1', ...attributes },
    })
  const see = async (uuid: string) => (await on.as(c.staff).get(`/api/marketplace-orders/${uuid}/`)).body
  const resourceOf = async (uuid: string) => (await on.as(c.staff).get(`/api/marketplace-resources/${uuid}/`)).body
  /** Places an order and runs its script; what became of both. */
  const carriedOut = async (attributes: object = {}) => {
    const { body } = await place(c.customerOwner, attributes)
    await on.runJobs()
    return { order: await see(body.uuid), resource: await resourceOf(body.marketplace_resource_uuid) }
  }
  return { ...c, offering, place, see, resourceOf, carriedOut }
}

const alive = (pid: string) => existsSync(`/proc/${pid}`)
const untilGone = async (pid: string) => {
  for (let i = 0; i < 100 && alive(pid); i++) await new Promise((resolve) => setTimeout(resolve, 50))
  return !alive(pid)
}

describe('a script', () => {
  it('carries an order out; its last line is the backend id', async () => {
    const { carriedOut } = await selling({ create: 'echo making "$RESOURCE_NAME"\necho warned >&2\necho vm-4711\n' })

    const { order, resource } = await carriedOut()

    expect(order).toMatchObject({ state: 'done', error_message: '' })
    expect(order.output.split('\n').filter(Boolean).sort()).toEqual(['making vm-1', 'vm-4711', 'warned'])
    expect(resource).toMatchObject({ state: 'OK', backend_id: 'vm-4711' })
  })

  it.runIf(python)('may be python', async () => {
    const { carriedOut } = await selling({
      language: 'python',
      create: 'import json, os\nprint(json.loads(os.environ["ATTRIBUTES"])["name"] * 2)',
    })

    expect((await carriedOut()).resource).toMatchObject({ state: 'OK', backend_id: 'vm-1vm-1' })
  })

  it('is told of the order and of what the offering says, and of nothing that the server knows', async () => {
    const environ = { COLOUR: 'red', 'not a name': 'x', LD_PRELOAD: '/x.so', PATH: '/tmp', NUMBER: 7 }
    process.env.TRADEPOST_TEST_SECRET = 'the server’s own'
    const { carriedOut, project, consumer, offering } = await selling({ environ, create: 'env; echo "files=$(ls -A)"' })

    const { order } = await carriedOut({ size: 'large' })

    delete process.env.TRADEPOST_TEST_SECRET
    const lines = order.output.trim().split('\n') as string[]
    const told = Object.fromEntries(
      lines.filter((line) => line.includes('=')).map((line) => [line.split('=')[0], line.slice(line.indexOf('=') + 1)]),
    )
    expect(JSON.parse(told.ATTRIBUTES ?? '')).toEqual({ name: 'vm-1', size: 'large' })
    expect(told).toMatchObject({
      ORDER_UUID: order.uuid,
      ORDER_TYPE: 'Create',
      RESOURCE_NAME: 'vm-1',
      PROJECT_UUID: project.uuid,
      CUSTOMER_UUID: consumer.uuid,
      OFFERING_UUID: offering.uuid,
      COLOUR: 'red',
      NUMBER: '7',
    })
    expect(Object.keys(told).sort()).toEqual(
      (
        'ATTRIBUTES COLOUR CUSTOMER_NAME CUSTOMER_UUID HOME LANG LIMITS NUMBER OFFERING_NAME OFFERING_UUID ORDER_SUBTYPE ORDER_TYPE ORDER_UUID ' +
        'PATH PROJECT_NAME PROJECT_UUID PWD RESOURCE_BACKEND_ID RESOURCE_NAME RESOURCE_UUID SHLVL TMPDIR _ files'
      ).split(' '),
    )
    // It begins in an empty folder of its own, which is gone with it.
    expect([told.files, told.PWD]).toEqual(['', told.HOME])
    expect(existsSync(dirname(told.HOME ?? '/'))).toBe(false)
  })

  it.runIf(isRoot)('runs as a user that owns nothing', async () => {
    const { carriedOut } = await selling({
      create: 'id -u; id -G; cat /etc/shadow; echo > /etc/of-a-script; touch "$HOME/mine" && echo mine',
    })

    const { order } = await carriedOut()

    const [uid, groups] = order.output.split('\n')
    expect([Number(uid) >= 61_184, groups]).toEqual([true, uid])
    expect(order.output).toContain('/etc/shadow: Permission denied')
    expect(existsSync('/etc/of-a-script')).toBe(false)
    expect(order).toMatchObject({ state: 'done' })
  })

  it('that fails leaves an erred order with the end of what it wrote', async () => {
    const { carriedOut } = await selling({ create: 'printf "quota \\000 is used up"\nexit 3' })

    const { order, resource } = await carriedOut()

    expect(order).toMatchObject({
      state: 'erred',
      error_message: 'The script ended with exit code 3.\nquota  is used up',
      output: 'quota  is used up',
      completed_at: expect.any(String),
    })
    expect(resource).toMatchObject({ state: 'Erred', backend_id: '' })
  })

  it('is killed with all that it began when its time is over', async () => {
    const { carriedOut } = await selling({ create: 'sleep 60 & echo $!\nsetsid sleep 60 & echo $!\nwait' })

    const { order } = await carriedOut()

    expect(order).toMatchObject({ state: 'erred', error_message: expect.stringMatching(/^The script did not end within 1 s\./) })
    const [child, escaped] = order.output.trim().split('\n')
    expect(await untilGone(child)).toBe(true)
    // Who leaves the group is found by its user, of which there is none where the server is not root.
    if (isRoot) expect(await untilGone(escaped)).toBe(true)
  })

  it('that ends leaves nothing behind that it began', async () => {
    const { carriedOut } = await selling({ create: 'sleep 60 >/dev/null 2>&1 &\necho $!' })

    const { resource } = await carriedOut()

    expect(await untilGone(resource.backend_id)).toBe(true)
  })

  it('has no more memory and writes no more than it may', async () => {
    const greedy = await selling({ create: 'x=$(head -c 600000000 /dev/zero | tr "\\0" x); echo "$x" | wc -c' })
    const talkative = await selling({ create: 'yes "a line"' })

    const memory = (await greedy.carriedOut()).order
    const output = (await talkative.carriedOut()).order

    expect([memory.state, memory.output.includes('600000001')]).toEqual(['erred', false])
    expect(output).toMatchObject({ state: 'erred', error_message: expect.stringMatching(/^The script wrote more than it may\./) })
    expect(output.output.length).toBe(64 * 1024)
  })

  it('that is broken off is begun again, under the same order', async () => {
    const { place, see } = await selling({ create: 'echo "$ORDER_UUID"; sleep 0.5' })
    const { body } = await place()
    const { id } = await w.current.db.selectFrom('order').select('id').where('uuid', '=', body.uuid).executeTakeFirstOrThrow()
    const broken = new AbortController()
    const first = executeOrder.run(w.current.deps, { order_id: id }, { number: 1, last: false, signal: broken.signal })
    setTimeout(() => broken.abort(), 300)
    await expect(first).rejects.toThrow(TryAgain)
    expect((await see(body.uuid)).state).toBe('executing')

    await w.current.runJobs()

    expect(await see(body.uuid)).toMatchObject({ state: 'done', output: `${body.uuid}\n` })
  })

  it('dies with its server', async () => {
    const child = new URL('./child.ts', import.meta.url).href
    const server = spawn(
      process.execPath,
      [
        '--input-type=module',
        '-e',
        `const { runProgram } = await import(${JSON.stringify(child)})
         const signal = new AbortController().signal
         await runProgram({ interpreter: 'bash', script: 'sleep 60', environment: { PATH: process.env.PATH }, maxSeconds: 60, maxMebibytes: 400, signal })`,
      ],
      { stdio: 'ignore' },
    )
    const begun = async () => {
      for (let i = 0; i < 200; i++) {
        const found = readdirSync('/proc').find((pid) => /^\d+$/.test(pid) && parentOf(pid) === String(server.pid))
        if (found) return found
        await new Promise((resolve) => setTimeout(resolve, 50))
      }
      throw new Error('No script was begun')
    }
    const pid = await begun()

    server.kill('SIGKILL')

    expect(await untilGone(pid)).toBe(true)
  })

  it('that cannot be begun leaves an erred order', async () => {
    const { carriedOut } = await selling({ create: 'true', environ: { LONG: 'x'.repeat(200_000) } })

    expect((await carriedOut()).order).toMatchObject({
      state: 'erred',
      error_message: expect.stringMatching(/^The script could not be begun: spawn E2BIG/),
    })
  })
})

/** The parent of a process; undefined when it is gone. */
function parentOf(pid: string): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ')[1]
  } catch {
    return undefined
  }
}

describe('an order of a script offering', () => {
  it('orders 72: is reviewed by the provider only where the offering says so, and then whoever ordered', async () => {
    const free = await selling({ create: 'true' })
    const asked = await selling({ create: 'true' }, { plugin: { auto_approve_marketplace_script: true } })
    const reviewed = await selling({ create: 'true' }, { plugin: { auto_approve_marketplace_script: false } })
    await w.current.grant(reviewed.providerOwner, 'CUSTOMER.OWNER', reviewed.consumer)

    for (const { place, customerOwner } of [free, asked]) expect((await place(customerOwner)).body.state).toBe('executing')
    for (const person of [reviewed.customerOwner, reviewed.providerOwner, reviewed.staff]) {
      expect((await reviewed.place(person)).body.state).toBe('pending-provider')
    }
  })

  it('runs the script of its kind; to give a resource up is always possible, and tells what is missing', async () => {
    const { carriedOut, customerOwner, see, resourceOf } = await selling({
      create: 'echo made',
      update: 'echo "$RESOURCE_BACKEND_ID changed"',
    })
    const { resource } = await carriedOut()
    const end = () => w.current.as(customerOwner).post(`/api/marketplace-resources/${resource.uuid}/terminate/`, {})

    const { status, body } = await end()
    await w.current.runJobs()

    expect(status).toBe(200)
    expect(await see(body.order_uuid)).toMatchObject({
      state: 'erred',
      error_message: 'The offering has no script to terminate a resource.',
    })
    const terminate = sealSecretOptions(w.current.config.SECRET_KEY, {
      language: 'Bash',
      terminate: 'echo "$ORDER_TYPE $RESOURCE_BACKEND_ID"',
    })
    await w.current.db.updateTable('offering').set({ secret_options: terminate }).where('uuid', '=', resource.offering_uuid).execute()
    const again = (await end()).body
    await w.current.runJobs()
    expect(await see(again.order_uuid)).toMatchObject({ state: 'done', output: 'Terminate made\n' })
    expect(await resourceOf(resource.uuid)).toMatchObject({ state: 'Terminated', backend_id: 'made' })
  })

  it('is refused where there is no script for it, or no language', async () => {
    const none = await (await selling({ create: ' ' })).place()
    const unknown = await (await selling({ create: 'true', language: 'cobol' })).place()

    expect([none.status, none.body]).toEqual([400, ['The offering has no script to create a resource.']])
    expect([unknown.status, unknown.body]).toEqual([400, ['The offering does not say whether its scripts are python or bash.']])
  })

  it('is refused on a site that runs no scripts, and errs when that was decided after it was placed', async () => {
    const { place } = await selling({ create: 'true' }, { on: off.current })
    const refused = await place()
    expect([refused.status, refused.body]).toEqual([400, ['Scripts are not enabled on this site.']])

    const late = await selling({ create: 'true' })
    const { body } = await late.place()
    const { id } = await w.current.db.selectFrom('order').select('id').where('uuid', '=', body.uuid).executeTakeFirstOrThrow()
    const deps = { ...w.current.deps, config: { ...w.current.config, SCRIPTS_ENABLED: false } }
    await executeOrder.run(deps, { order_id: id }, { number: 1, last: false, signal: new AbortController().signal })
    expect(await late.see(body.uuid)).toMatchObject({ state: 'erred', error_message: 'Scripts are not enabled on this site.' })
  })

  it('has workers of its own, so that no order of another type waits behind a script', async () => {
    const { place } = await selling({ create: 'true' })
    const { body } = await place()

    const { rows } = await sql<{ name: string }>`select name from pgboss.job where data ->> 'order_id' =
      (select id::text from "order" where uuid = ${body.uuid}::uuid) and name like 'orders.execute%'`.execute(w.current.db)

    expect(rows).toEqual([{ name: 'orders.execute-long' }])
  })

  it('cannot be canceled, and nobody but the script says how it ended', async () => {
    const { place, staff } = await selling({ create: 'true' })
    const { body } = await place()

    for (const verb of ['cancel', 'set_state_done', 'set_state_erred']) {
      expect((await w.current.as(staff).post(`/api/marketplace-orders/${body.uuid}/${verb}/`)).status, verb).toBe(405)
    }
  })

  it('orders 50: shows its secret attributes to who has just sent them, to the script, and to nobody else', async () => {
    const { place, staff, customerOwner, providerOwner } = await selling({ create: 'echo "$ATTRIBUTES"' })
    const { body } = await place(customerOwner, { password: 'xyzzy', size: 'large' })
    expect(body.attributes).toEqual({ name: 'vm-1', password: 'xyzzy', size: 'large' })

    const order = `/api/marketplace-orders/${body.uuid}/`
    const resource = `/api/marketplace-resources/${body.marketplace_resource_uuid}/`
    for (const person of [customerOwner, providerOwner, staff]) {
      const as = w.current.as(person)
      const seen = [
        (await as.get(order)).body.attributes,
        (await as.get('/api/marketplace-orders/?field=attributes&o=-created')).body[0].attributes,
        (await as.get(`/api/marketplace-provider-offerings/${body.offering_uuid}/orders/`)).body[0]?.attributes,
        (await as.get(resource)).body.attributes ?? (await as.get(resource.replace('-resources', '-provider-resources'))).body.attributes,
        (await as.get(`${resource}?field=order_in_progress`)).body.order_in_progress?.attributes,
      ].filter(Boolean)
      expect(seen.length).toBeGreaterThan(1)
      for (const attributes of seen) expect(attributes).toEqual({ name: 'vm-1', size: 'large' })
    }
    await w.current.runJobs()
    expect(JSON.parse((await w.current.as(staff).get(order)).body.output)).toMatchObject({ password: 'xyzzy' })
  })

  it('keeps its secret attributes when somebody sends back what was read', async () => {
    const { place, projectManager, customerOwner, see } = await selling({ create: 'echo "$ATTRIBUTES"' })
    const { body } = await place(projectManager, { password: 'xyzzy' })
    const path = `/api/marketplace-orders/${body.uuid}/`
    const read = (await w.current.as(customerOwner).get(path)).body

    await w.current.as(customerOwner).patch(path, { attributes: { ...read.attributes, size: 'large' } })
    await w.current.as(customerOwner).post(`${path}approve_by_consumer/`)
    await w.current.runJobs()

    expect(JSON.parse((await see(body.uuid)).output)).toEqual({ name: 'vm-1', password: 'xyzzy', size: 'large' })
  })

  it('orders 83: that is executing for longer than two hours has failed, and its resource with it', async () => {
    const { place, see, resourceOf } = await selling({ create: 'true' })
    const [late, early] = [(await place()).body, (await place()).body]
    const since = async (uuid: string, moment: string) => {
      const { id } = await w.current.db.selectFrom('order').select('id').where('uuid', '=', uuid).executeTakeFirstOrThrow()
      await w.current.db.updateTable('order_transition').set({ created: moment }).where('order_id', '=', id).execute()
    }
    const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString()
    await since(late.uuid, ago(121))
    await since(early.uuid, ago(119))

    await w.current.runJob(interruptOrders, {})

    expect(await see(late.uuid)).toMatchObject({
      state: 'erred',
      error_message: 'Execution has timed out.',
      completed_at: expect.any(String),
    })
    expect((await resourceOf(late.marketplace_resource_uuid)).state).toBe('Erred')
    expect((await see(early.uuid)).state).toBe('executing')
    await w.current.runJobs()
    expect([(await see(late.uuid)).state, (await see(early.uuid)).state]).toEqual(['erred', 'done'])
  })
})
