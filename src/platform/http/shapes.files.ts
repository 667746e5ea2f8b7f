// Uploaded files in bodies (platform.md §16): the kinds a field may take, told by what a file holds and not by its name alone.
import { contentTypeOf } from '../files/content.ts'
import { isPicture } from '../files/pictures.ts'
import { tooLarge } from './errors.ts'
import type { UploadedFile } from './multipart.ts'
import { type Later, laterAlone } from './shapes.later.ts'
import { bad, isObject } from './shapes.read.ts'

const MEBIBYTE = 1024 * 1024
const OFFICE = ['wordprocessingml.document', 'spreadsheetml.sheet', 'presentationml.presentation']
const OPEN_OFFICE = ['text', 'spreadsheet', 'presentation']

export type FileKind = 'image' | 'document' | 'pdf'

const KINDS: { readonly [Kind in FileKind]: { mebibytes: number; types: readonly string[]; names: RegExp; text: string } } = {
  image: {
    mebibytes: 10,
    types: ['png', 'gif', 'jpeg', 'svg+xml', 'x-icon', 'webp', 'apng'].map((name) => `image/${name}`),
    // An ending need not be, but must not say that this is something else.
    names: /^[^.]*$|\.(a?png|gif|jpe?g|jpe|jfif|svg|ico|webp)$/i,
    text: 'Upload a valid image. The file you uploaded was either not an image or a corrupted image.',
  },
  document: {
    mebibytes: 50,
    types: [
      ...['text/csv', 'text/plain', 'text/html', 'application/pdf', 'application/rtf', 'application/msword'],
      ...['application/vnd.ms-excel', 'application/vnd.ms-powerpoint'],
      ...OFFICE.map((name) => `application/vnd.openxmlformats-officedocument.${name}`),
      ...OPEN_OFFICE.map((name) => `application/vnd.oasis.opendocument.${name}`),
    ],
    names: /\.(csv|txt|html|pdf|rtf|docx?|xlsx?|pptx?|odt|ods|odp)$/i,
    text: 'File type is not allowed.',
  },
  pdf: { mebibytes: 50, types: ['application/pdf'], names: /\.pdf$/i, text: 'Upload a valid PDF file.' },
}

export const isUploadedFile = (value: unknown): value is UploadedFile => isObject(value) && Buffer.isBuffer(value.data)

/** A file of the kind, once looked into; 413 for one that is too large. */
export function readFile(value: unknown, kind: FileKind): Later<UploadedFile> {
  const { mebibytes, types, names, text } = KINDS[kind]
  if (!isUploadedFile(value)) return bad('The submitted data was not a file. Check the encoding type on the form.')
  if (value.data.length === 0) bad('The submitted file is empty.')
  if (value.data.length > mebibytes * MEBIBYTE) throw tooLarge(`A file may have no more than ${mebibytes} MiB.`)
  if (!names.test(value.filename)) bad(text)
  return laterAlone(async () => {
    const type = await contentTypeOf(value)
    return types.includes(type) && (kind !== 'image' || (await isPicture(value.data, type))) ? value : bad(text)
  })
}
