// Adds to package-lock.json the packages for other platforms that the registry in use did not offer when it was written.
// `npm ci` refuses a lock file that lacks an optional package, even one for a machine that nobody here has.
// Run by hand after a package was added; tests/architecture.test.ts tells when it is needed.
import { readFileSync, writeFileSync } from 'node:fs'

const path = new URL('../package-lock.json', import.meta.url)
const lock = JSON.parse(readFileSync(path, 'utf8'))
const PLATFORM = /(android|darwin|freebsd|linux|openharmony|win32)-(arm64|arm|x64|ia32|ppc64|s390x|riscv64|loong64|mips64el)(?:-(\w+))?$/

for (const [from, { dev, optionalDependencies = {} }] of Object.entries(lock.packages)) {
  for (const [name, version] of Object.entries(optionalDependencies)) {
    const [, os, cpu, system] = PLATFORM.exec(name) ?? []
    const known = lock.packages[`node_modules/${name}`] ?? lock.packages[`${from}/node_modules/${name}`]
    if (known || !os || !cpu) continue
    const libc = os === 'linux' ? { libc: [system === 'musl' ? 'musl' : 'glibc'] } : {}
    lock.packages[`node_modules/${name}`] = { version, cpu: [cpu], ...(dev ? { dev } : {}), ...libc, optional: true, os: [os] }
    process.stdout.write(`${name} ${version}\n`)
  }
}
lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)))
writeFileSync(path, `${JSON.stringify(lock, null, 2)}\n`)
