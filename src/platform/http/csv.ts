// Lists as CSV, for scripts and spreadsheets: the whole list as it is filtered and ordered, row by row from one snapshot of the
// database, so that a million rows take no more memory than a page.
import { Readable } from 'node:stream'
import { finished } from 'node:stream/promises'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { type RawBuilder, sql } from 'kysely'
import { type Db, run } from '../db/database.ts'
import { createTurns, type Turns } from '../db/turns.ts'

const ROWS_AT_ONCE = 500
// Each takes a connection for as long as its reader reads.
const READERS_MAX = 2
const READERS_WAIT_MS = 5000

/** Asked for by `Accept: text/csv` or `?format=csv`. */
export function wantsCsv({ headers, query }: FastifyRequest): boolean {
  const { format } = query as { format?: string | string[] }
  if (format !== undefined) return format === 'csv'
  return /(^|[\s,])text\/csv/i.test(headers.accept ?? '')
}

const NUMBER = /^[+-]?\d+(\.\d+)?$/
/** Spreadsheets take a text that begins so for a formula and run it. */
const FORMULA = /^[=+\-@\t\r＝＋－＠]/

function cell(value: unknown): string {
  if (value === undefined || value === null) return ''
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value)
  const harmless = typeof value === 'string' && FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}

const line = (values: readonly unknown[]) => `${values.map(cell).join(',')}\r\n`

/** What is to be read: the columns by name, and a statement that gives the JSON text of each row. */
export type Rows = { names: readonly string[]; statement: RawBuilder<unknown> }

const readers = new WeakMap<Db, Turns>()

/** Sends the rows as they are read: the header line, then a line a row; objects and lists inside a row are JSON texts. */
export function sendCsv(db: Db, reply: FastifyReply, name: string, rows: Rows): Promise<FastifyReply> {
  const turns = readers.get(db) ?? createTurns(READERS_MAX, READERS_WAIT_MS)
  readers.set(db, turns)
  return new Promise((begun, refused) => {
    turns(async () => {
      const reading = Readable.from(linesOf(db, rows))
      begun(
        reply
          .headers({ 'Content-Type': 'text/csv; charset=utf-8', 'Content-Disposition': `attachment; filename="${name}.csv"` })
          .send(reading),
      )
      // Rejects when the reader hangs up or a statement fails: the answer is cut off then, and nobody waits for this promise.
      await finished(reading)
    }).catch(refused)
  })
}

async function* linesOf(db: Db, { names, statement }: Rows): AsyncGenerator<string> {
  const tx = await db.startTransaction().setIsolationLevel('repeatable read').setAccessMode('read only').execute()
  try {
    await run(tx, sql`declare every_row no scroll cursor for ${statement}`)
    yield line(names)
    for (;;) {
      const found = await run(tx, sql<{ row: string }>`fetch ${sql.raw(String(ROWS_AT_ONCE))} from every_row`)
      if (found.length === 0) return
      const rows = found.map(({ row }) => JSON.parse(row) as { [name: string]: unknown })
      yield rows.map((row) => line(names.map((key) => row[key]))).join('')
    }
  } finally {
    await tx.rollback().execute()
  }
}
