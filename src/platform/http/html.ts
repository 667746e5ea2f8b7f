// Rich text of descriptions: what may stay is listed, all else goes (platform.md §2.6).
import sanitizeHtml from 'sanitize-html'

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
export const cleanHtml = (text: string): string => (text.includes('<') ? sanitizeHtml(text, OPTIONS) : text)
