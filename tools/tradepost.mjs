#!/usr/bin/env node
// npx tradepost …
import { ensureInstalled, run } from './install.mjs'

await ensureInstalled()
run(process.argv.slice(2))
