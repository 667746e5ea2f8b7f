// The command line: what an operator may tell the product to do.
import { readFileSync } from 'node:fs'
import { Command } from 'commander'
import { demo } from './cli/demo.ts'
import { doctor } from './cli/doctor.ts'
import { StartError } from './cli/environment.ts'
import { migrateDatabase } from './cli/migrate.ts'
import { openapi } from './cli/openapi.ts'
import { serve } from './cli/serve.ts'
import { createUserCommand, tokenCommand } from './cli/user.ts'
import { work } from './cli/work.ts'
import { ConfigError } from './platform/config.ts'
import { EmbeddedError } from './platform/db/embedded.ts'
import { MigrationError } from './platform/db/migrate.ts'

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string }

const program = new Command('tradepost')
  .description('A marketplace on which organizations order services from providers.')
  .version(version)
  .addHelpText('after', '\nSettings are environment variables; the README lists them.')

program.command('serve').description('start the server').option('--demo', 'load the demo world when the database is empty').action(serve)
program.command('worker').description('run jobs and schedules only, beside servers with WORKER=off').action(work)
program.command('migrate').description('bring the database to the present schema').action(migrateDatabase)
program.command('demo').description('load the demo world into an empty database').action(demo)
program.command('openapi').description('print the description of the API').option('--yaml', 'as YAML').action(openapi)
program.command('doctor').description('try everything that a server needs and say what to do').action(doctor)

const user = program.command('user').description('make users, show their tokens')
user
  .command('create <username>')
  .description('make a user')
  .option('--staff', 'who may do everything')
  .option('--support', 'who may see everything')
  .option('--email <address>', 'where mail goes')
  .option('--password <password>', 'a random one is printed when left out')
  .action(createUserCommand)
user.command('token <username>').description('print the API token of a user, made when there is none').action(tokenCommand)

// `tradepost openapi | head` is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
})

// What an operator can mend is told in one line; anything else with all there is.
const expected = [ConfigError, EmbeddedError, MigrationError, StartError]
try {
  await program.parseAsync()
} catch (error) {
  const plain = expected.some((kind) => error instanceof kind)
  process.stderr.write(`${plain ? (error as Error).message : (error as Error).stack}\n`)
  process.exit(1)
}
