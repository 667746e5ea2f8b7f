// Rich text of descriptions: what may stay is listed, all else goes (platform.md §2.6).
import sanitizeHtml from 'sanitize-html'

const OPTIONS: sanitizeHtml.IOptions = {
  allowedTags: [...sanitizeHtml.defaults.allowedTags, 'img', 'h1', 'h2', 'del', 'ins'],
  allowedAttributes: { ...sanitizeHtml.defaults.allowedAttributes, '*': ['class', 'title'], img: ['src', 'alt', 'width', 'height'] },
  allowedSchemes: ['http', 'https', 'mailto'],
  allowedSchemesByTag: { img: ['http', 'https', 'data'] },
}

/** The text without scripts, event handlers and foreign URL schemes. Plain text comes back as it was. */
export const cleanHtml = (text: string): string => (/[<&]/.test(text) ? sanitizeHtml(text, OPTIONS) : text)
