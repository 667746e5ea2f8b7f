// Files that are generated, committed and compared: `npm run gen` (UPDATE=1) writes them, every other run expects them
// to be what the code gives, so that a change of behaviour shows in the review of a text.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect } from 'vitest'

const root = fileURLToPath(new URL('../../', import.meta.url))
const updating = process.env.UPDATE === '1'

/** Expects the file to hold this text; writes it when generated files are being written. */
export function expectGenerated(path: string, text: string): void {
  const place = join(root, path)
  if (updating) {
    mkdirSync(dirname(place), { recursive: true })
    writeFileSync(place, text)
    return
  }
  const committed = existsSync(place) ? readFileSync(place, 'utf8') : ''
  expect(text.split('\n'), `${path} is not what the code gives: run \`npm run gen\` and review the difference`).toEqual(
    committed.split('\n'),
  )
}

/** Expects a folder to hold these files and no other. */
export function expectGeneratedFolder(folder: string, texts: { [name: string]: string }): void {
  const present = existsSync(join(root, folder)) ? readdirSync(join(root, folder)) : []
  const stray = present.filter((name) => !(name in texts))
  if (updating) for (const name of stray) rmSync(join(root, folder, name))
  else expect(stray, `files in ${folder} that nothing generates any more`).toEqual([])
  for (const [name, text] of Object.entries(texts)) expectGenerated(`${folder}/${name}`, text)
}
