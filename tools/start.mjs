// npm start [-- --demo]
import { ensureInstalled, run } from './install.mjs'

await ensureInstalled()
run(['serve', ...process.argv.slice(2)])
