// Loads all code of the product once and does nothing with it, so that Node keeps it compiled; see tools/install.mjs.
await Promise.all(['serve', 'work', 'doctor', 'openapi', 'user', 'migrate'].map((name) => import(`../src/cli/${name}.ts`)))
process.argv = [process.argv[0], 'tradepost', '--version']
await import('../src/main.ts')
