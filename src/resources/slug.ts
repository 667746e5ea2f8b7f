// The part of a slug that comes from a name.
const LENGTH = 8

/** Up to eight letters, digits and hyphens of a name; `resource` for one without any. */
export const slugStem = (name: string): string =>
  name
    .normalize('NFKD')
    .replace(/[^\w\s-]/g, '')
    .trim()
    .toLowerCase()
    .replace(/[\s_-]+/g, '-')
    .slice(0, LENGTH)
    .replace(/^-+|-+$/g, '') || 'resource'
