// Where the bytes of uploaded files lie: a folder. Keys are random, so nothing that a caller chose ever becomes a path.
import { randomUUID } from 'node:crypto'
import { createReadStream, type ReadStream } from 'node:fs'
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Config } from '../config.ts'

type Folder = Pick<Config, 'FILE_STORAGE_DIR'>

const KEY = /^[0-9a-f]{2}\/[0-9a-f]{32}$/

function pathOf({ FILE_STORAGE_DIR }: Folder, key: string): string {
  if (!KEY.test(key)) throw new Error(`Not a key of the file storage: ${key}`)
  return join(FILE_STORAGE_DIR, key)
}

/** Keeps `data` and returns its key; the bytes are on disk when it returns. */
export async function putFile(folder: Folder, data: Buffer): Promise<string> {
  const name = randomUUID().replaceAll('-', '')
  const key = `${name.slice(0, 2)}/${name}`
  const path = pathOf(folder, key)
  await mkdir(dirname(path), { recursive: true })
  // Under another name first: a crash in the middle must not leave half a file under its key.
  const half = `${path}.part`
  const handle = await open(half, 'wx', 0o640)
  try {
    await handle.writeFile(data)
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rename(half, path)
  return key
}

/** The stream of a kept file; undefined when its bytes are gone. */
export async function openFile(folder: Folder, key: string): Promise<ReadStream | undefined> {
  const path = pathOf(folder, key)
  const found = await stat(path).catch(() => undefined)
  return found?.isFile() ? createReadStream(path) : undefined
}

/** Removes a kept file; it may be gone already. */
export const removeFile = (folder: Folder, key: string): Promise<void> => rm(pathOf(folder, key), { force: true })

/** Keys of the files kept before a moment (milliseconds since the epoch), a folder at a time; halves of files are removed on the way. */
export async function* keysBefore(folder: Folder, moment: number): AsyncGenerator<string[]> {
  for (const prefix of await readdir(folder.FILE_STORAGE_DIR).catch(() => [])) {
    const keys: string[] = []
    for (const name of await readdir(join(folder.FILE_STORAGE_DIR, prefix)).catch(() => [])) {
      const path = join(folder.FILE_STORAGE_DIR, prefix, name)
      const found = await stat(path).catch(() => undefined)
      if (!found || found.mtimeMs >= moment) continue
      if (KEY.test(`${prefix}/${name}`)) keys.push(`${prefix}/${name}`)
      else if (name.endsWith('.part')) await rm(path, { force: true })
    }
    yield keys
  }
}
