// A worker in a process of its own does everything that a server with its inline worker would.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { expiredGrants } from '../../src/core/roles/grants.ts'
import { inTransaction } from '../../src/platform/wiring.ts'
import { world } from '../support/world.ts'
import { startWorker } from './server-process.ts'

const folder = mkdtempSync(join(tmpdir(), 'tradepost-worker-'))
const w = world()
const running: { current?: Awaited<ReturnType<typeof startWorker>> } = {}

afterAll(async () => {
  running.current?.process.kill('SIGTERM')
  await running.current?.ended
  rmSync(folder, { recursive: true, force: true })
})

it('a manager of an offering whose grant expires is no manager of the provider any more', { timeout: 40_000 }, async () => {
  const { as, cast, offering, user, db, deps, url } = w.current
  const { provider, providerOwner, serviceProvider } = await cast()
  const sold = await offering(provider)
  const someone = await user()
  await as(providerOwner).post(`/api/marketplace-provider-offerings/${sold.uuid}/add_user/`, {
    role: 'OFFERING.MANAGER',
    user: someone.uuid,
    expiration_time: '2099-01-01',
  })
  const manages = async () =>
    (await db
      .selectFrom('role_grant')
      .select('id')
      .where('user_id', '=', someone.id)
      .where('scope_type', '=', 'service_provider')
      .where('scope_id', '=', serviceProvider.id)
      .where('is_active', '=', true)
      .executeTakeFirst()) !== undefined
  expect(await manages()).toBe(true)
  await db
    .updateTable('role_grant')
    .set({ expiration_time: '2020-01-01' })
    .where('user_id', '=', someone.id)
    .where('scope_type', '=', 'offering')
    .execute()

  running.current = await startWorker({ DATABASE_URL: url, DATA_DIR: folder, SECRET_KEY: w.current.config.SECRET_KEY })
  await inTransaction(deps, ({ tx, jobs }) => jobs.send(tx, expiredGrants, {}))

  await expect.poll(manages, { timeout: 20_000, interval: 200 }).toBe(false)
})
