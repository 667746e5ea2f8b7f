// What a piece of SQL refers to outside itself: `p` for `p.name`, `ctx.today`, and `RESOURCE.TERMINATE` for what is looked up
// in `ctx.held`. Declarations are read once, when they are made; from it the joins and the context of statements are known.

/** Aliases, columns of `ctx`, and permissions. */
export type References = readonly string[]

const TOKEN = /'(?:[^']|'')*'|"(?:[^"]|"")*"|[a-z_]\w*|\d[\w.]*|\S/gi
const isWord = (token: string | undefined): token is string => token !== undefined && /^[a-z_]/i.test(token)
/** Words that follow a table in `from` and are no name for it. */
const AFTER_TABLE = /^(on|where|join|left|right|inner|cross|full|using|group|order|limit|union|having|for|as)$/i

/** The references of a text, without those to tables that it names itself. */
export const references = (text: string): References => [...readScope(text.match(TOKEN) ?? [], 0).outside]

/** Reads from place `at` to the end of the parentheses it stands in; `outside` is what is referred to beyond their own tables. */
function readScope(tokens: readonly string[], at: number): { outside: Set<string>; end: number } {
  const own = new Set<string>()
  const asked = new Set<string>()
  // Whether a table is due: after `from` and `join`.
  let due = false
  let i = at
  for (; i < tokens.length && tokens[i] !== ')'; i++) {
    const token = tokens[i] as string
    if (token === '(') {
      const inner = readScope(tokens, i + 1)
      addAll(asked, inner.outside)
      i = inner.end
      if (due) own.add(nameAt(tokens, i + 1) ?? '')
      due = false
    } else if (tokens[i + 1] === '.' && isWord(token)) {
      addAll(asked, referenceAt(tokens, i))
      i += 2
      due = false
    } else if (!due || /^lateral$/i.test(token)) due ||= /^(from|join)$/i.test(token)
    else if (tokens[i + 1] !== '(') {
      own.add(nameAt(tokens, i + 1) ?? token)
      due = false
    }
  }
  return { outside: new Set([...asked].filter((name) => !own.has(aliasOf(name)))), end: i }
}

function addAll(set: Set<string>, names: Iterable<string>): void {
  for (const name of names) set.add(name)
}

/** The name given to the table that ends before place `at`, if any. */
function nameAt(tokens: readonly string[], at: number): string | undefined {
  const next = /^as$/i.test(tokens[at] ?? '') ? tokens[at + 1] : tokens[at]
  return isWord(next) && !AFTER_TABLE.test(next) ? next : undefined
}

function referenceAt(tokens: readonly string[], at: number): string[] {
  const [name, column] = [tokens[at] as string, tokens[at + 2]]
  if (name !== 'ctx') return [name]
  return column === 'held' ? ['ctx.held', permissionAt(tokens, at + 3)] : [`ctx.${column}`]
}

const aliasOf = (reference: string) => (reference.startsWith('ctx.') ? 'ctx' : reference)

/** The name after `ctx.held ->`. */
function permissionAt(tokens: readonly string[], at: number): string {
  const name = tokens.slice(at, at + 3).find((token) => token.startsWith("'"))
  if (!name) throw new Error(`ctx.held without the name of a permission: ${tokens.slice(at - 3, at + 3).join(' ')}`)
  return name.slice(1, -1)
}

/** The columns of `ctx` among them, and the permissions. */
export const ofContext = (uses: References): string[] => uses.filter((name) => name.startsWith('ctx.')).map((name) => name.slice(4))
export const permissionsIn = (uses: References): string[] => uses.filter((name) => !name.startsWith('ctx.') && name.includes('.'))
export const aliasesIn = (uses: References): string[] => uses.filter((name) => !name.includes('.'))
