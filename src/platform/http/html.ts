// Rich text of descriptions: what may stay is listed, all else goes (platform.md §2.6).
import sanitizeHtml from 'sanitize-html'
import { bad } from './shapes.read.ts'

const OPTIONS: sanitizeHtml.IOptions = {
  allowedTags: [...sanitizeHtml.defaults.allowedTags, 'img', 'h1', 'h2', 'del', 'ins'],
  // No classes and styles: with those of the page that shows it a text could lay itself over the page.
  allowedAttributes: { a: ['href', 'name', 'target'], img: ['src', 'alt', 'width', 'height'], '*': ['title'] },
  allowedSchemes: ['http', 'https', 'mailto'],
  allowedSchemesByTag: { img: ['http', 'https', 'data'] },
  allowProtocolRelative: false,
}

/**
 * The text without scripts, event handlers, styles and foreign URL schemes. A text without tags comes back as it was:
 * an `&` alone does nothing, and clients that show it as plain text compare it with what they sent.
 */
export function cleanHtml(text: string): string {
  for (let at = text.indexOf('<'); at !== -1; at = text.indexOf('<', at + 1)) tagsLeft--
  if (tagsLeft < 0) bad(`Ensure that there are no more than ${TAGS_MAX} tags.`)
  return text.includes('<') ? sanitizeHtml(text, OPTIONS) : text
}

/** Of all rich texts of one body: cleaning takes some microseconds for each, and much longer the deeper they lie in each other. */
const TAGS_MAX = 5000
let tagsLeft = TAGS_MAX

/** Reads a body, whose rich texts may have so many tags together. What `read` does is done when it returns. */
export function readingHtml<T>(read: () => T): T {
  tagsLeft = TAGS_MAX
  return read()
}
