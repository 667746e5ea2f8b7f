// Entity tags: a tag is made of everything that the caller was shown of an object, so that whoever sends it back (If-Match) changes
// what they have seen, and nothing that was changed meanwhile (platform.md §5).
import { createHash } from 'node:crypto'
import type { View } from './view.ts'

/** The tag of an object's whole text; fields that change by themselves are left out. */
export function tagOf(view: View, text: string): string {
  const passing = Object.entries(view.fields).flatMap(([name, field]) => (field.passing ? [name] : []))
  const kept = passing.length === 0 ? text : JSON.stringify(JSON.parse(text), (key, value) => (passing.includes(key) ? undefined : value))
  return textTag(kept)
}

/** The tag of a text as it is. */
export const textTag = (text: string): string => `"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"`

const tagsIn = (header: string) => header.split(',').map((tag) => tag.trim())

/** Whether one of the tags that a header names is this one; a weak tag is as good for reading, and none for changing. */
export const namesTag = (header: string, tag: string): boolean => header.trim() === '*' || tagsIn(header).includes(tag)
export const namesTagWeakly = (header: string, tag: string): boolean => namesTag(header.replaceAll('W/', ''), tag)
