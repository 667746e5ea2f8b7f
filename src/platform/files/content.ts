// What an uploaded file really is, judged by its bytes (platform.md §16).

import { fileTypeFromBuffer } from 'file-type'
import sanitizeHtml from 'sanitize-html'
import type { UploadedFile } from '../http/multipart.ts'
import { valueAt } from '../keyed.ts'

// Texts and old office files say nothing of themselves; of these alone the name is believed.
const BY_NAME: { [extension: string]: string } = {
  csv: 'text/csv',
  txt: 'text/plain',
  html: 'text/html',
  rtf: 'application/rtf',
  pem: 'application/x-pem-file',
  doc: 'application/msword',
  xls: 'application/vnd.ms-excel',
  ppt: 'application/vnd.ms-powerpoint',
}

const extensionOf = (name: string) => /\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase() ?? ''

// Cleaning takes longer than in proportion; a larger one is kept and handed out, but as no picture.
const SVG_MAX_BYTES = 512 * 1024

const isSvg = (data: Buffer) =>
  /<svg[\s>]/i.test(data.subarray(0, 4000).toString('utf8')) && /^\s*</.test(data.subarray(0, 100).toString('utf8'))

/** The media type to serve a file with. */
export async function contentTypeOf({ filename, data }: UploadedFile): Promise<string> {
  if (extensionOf(filename) !== 'html' && isSvg(data)) return data.length > SVG_MAX_BYTES ? 'application/octet-stream' : 'image/svg+xml'
  const found = await fileTypeFromBuffer(data)
  const named = valueAt(BY_NAME, extensionOf(filename))
  // The container of old office files and XML is recognised, but not what is in it.
  if (found && !['application/x-cfb', 'application/xml'].includes(found.mime)) return found.mime
  return named ?? found?.mime ?? 'application/octet-stream'
}

// An image is shown by other sites' pages too: what could run in it is taken out, not only kept from running.
const RUNNING_ELEMENTS = new Set(['script', 'foreignobject', 'iframe', 'object', 'embed', 'handler', 'listener'])
const RUNNING_ADDRESS = /^\W*(javascript|vbscript|data:text)/i

const runs = (name: string, value: string) =>
  /^(on|[a-z]+:on)/i.test(name) || (/(^|:)href$|^(to|from|values)$/i.test(name) && RUNNING_ADDRESS.test(value))

const SVG: sanitizeHtml.IOptions = {
  allowedTags: false,
  allowedAttributes: false,
  allowVulnerableTags: true,
  allowedSchemes: ['http', 'https', 'data'],
  parser: { xmlMode: true, lowerCaseTags: false, lowerCaseAttributeNames: false },
  exclusiveFilter: ({ tag }) => RUNNING_ELEMENTS.has(tag.toLowerCase()),
  transformTags: {
    '*': (tagName, attribs) => ({
      tagName,
      attribs: Object.fromEntries(Object.entries(attribs).filter(([name, value]) => !runs(name, value))),
    }),
  },
}

/** The picture without scripts, event handlers and links that run. */
export const cleanSvg = (data: Buffer): Buffer => Buffer.from(sanitizeHtml(data.toString('utf8'), SVG))
