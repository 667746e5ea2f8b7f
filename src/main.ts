// The command line: what an operator may tell the product to do. Each command loads what it needs when it is called.
import { readFileSync } from 'node:fs'
import { Command } from 'commander'
import { OperatorError } from './platform/operator-error.ts'

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string }

const program = new Command('tradepost')
  .description('A marketplace on which organizations order services from providers.')
  .version(version)
  .addHelpText('after', '\nSettings are environment variables; the README lists them.')

program
  .command('serve')
  .description('start the server')
  .option('--demo', 'load the demo world when the database is empty')
  .action(async (options) => (await import('./cli/serve.ts')).serve(options))
program
  .command('worker')
  .description('run jobs and schedules only, beside servers with WORKER=off')
  .action(async () => (await import('./cli/work.ts')).work())
program
  .command('migrate')
  .description('bring the database to the present schema')
  .action(async () => (await import('./cli/migrate.ts')).migrateDatabase())
program
  .command('demo')
  .description('load the demo world into an empty database')
  .action(async () => (await import('./cli/demo.ts')).demo())
program
  .command('openapi')
  .description('print the description of the API')
  .option('--yaml', 'as YAML')
  .action(async (options) => (await import('./cli/openapi.ts')).openapi(options))
program
  .command('doctor')
  .description('try everything that a server needs and say what to do')
  .action(async () => (await import('./cli/doctor.ts')).doctor())

const user = program.command('user').description('make users, show their tokens')
user
  .command('create <username>')
  .description('make a user')
  .option('--staff', 'who may do everything')
  .option('--support', 'who may see everything')
  .option('--email <address>', 'where mail goes')
  .option('--password <password>', 'a random one is printed when left out')
  .action(async (username, options) => (await import('./cli/user.ts')).createUserCommand(username, options))
user
  .command('token <username>')
  .description('print the API token of a user, made when there is none')
  .action(async (username) => (await import('./cli/user.ts')).tokenCommand(username))

// `tradepost openapi | head` is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
})

// What an operator can mend is told in one line; anything else with all there is.
try {
  await program.parseAsync()
} catch (error) {
  process.stderr.write(`${error instanceof OperatorError ? error.message : (error as Error).stack}\n`)
  process.exit(1)
}
