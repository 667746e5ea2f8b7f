// The product as it is served, on the benchmark's database and port. Plain JavaScript, like tools/: TypeScript beside src/ is not
// kept compiled, and one such file loads the type stripper, 30 MB, which no server carries.
import { buildApp } from '../src/app.ts'
import { readConfig } from '../src/platform/config.ts'
import { openDatabase } from '../src/platform/db/database.ts'

const [url = '', port = ''] = process.argv.slice(2)
const config = readConfig({
  PORT: port,
  LOG_LEVEL: 'error',
  SECRET_KEY: 'the benchmark has no secrets',
  WORKER: 'off',
  // The walk asks as fast as it is answered, without a token too.
  ANONYMOUS_REQUESTS_PER_SECOND: '0',
})
const app = await buildApp({ config, database: openDatabase(url) })
await app.listen({ port: config.PORT, host: '127.0.0.1' })
process.send?.('ready')

// However the run ends, nothing of it stays.
process.on('disconnect', () => process.exit())
