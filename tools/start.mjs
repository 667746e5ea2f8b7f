// npm start [-- --demo]
import { ensureInstalled, root, run } from './install.mjs'

await ensureInstalled()
run([`${root}src/main.ts`, 'serve', ...process.argv.slice(2)])
