#!/usr/bin/env node
// npx tradepost …
import { ensureInstalled, root, run } from './install.mjs'

await ensureInstalled()
run([`${root}src/main.ts`, ...process.argv.slice(2)])
