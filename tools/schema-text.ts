// The database's schema as text that people review: what migrations add up to, one object after the other, sorted by name.
// It reads like SQL but is not meant to be run: the embedded binaries bring no pg_dump.
import pg from 'pg'

const COLUMNS = `select c.relname as name, string_agg(
    '  ' || quote_ident(a.attname) || ' ' || format_type(a.atttypid, a.atttypmod)
    || case when a.attidentity <> '' then ' generated always as identity'
            when a.attgenerated <> '' then ' generated always as (' || pg_get_expr(d.adbin, d.adrelid) || ') stored'
            when d.adbin is not null then ' default ' || pg_get_expr(d.adbin, d.adrelid) else '' end
    || case when a.attnotnull then ' not null' else '' end, E',\\n' order by a.attnum) as body,
    obj_description(c.oid, 'pg_class') as comment
  from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
  left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
  where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
  group by c.oid, c.relname order by c.relname`

const CONSTRAINTS = `select rel.relname as name, '  constraint ' || quote_ident(con.conname) || ' ' || pg_get_constraintdef(con.oid) as body
  from pg_constraint con join pg_class rel on rel.oid = con.conrelid
  where con.connamespace = 'public'::regnamespace and con.contype <> 'n' and con.conparentid = 0 order by rel.relname, con.conname`

const INDEXES = `select t.relname as name, pg_get_indexdef(i.indexrelid) as body
  from pg_index i join pg_class t on t.oid = i.indrelid join pg_class x on x.oid = i.indexrelid
  where t.relnamespace = 'public'::regnamespace and not exists (select from pg_constraint con where con.conindid = i.indexrelid)
  order by t.relname, x.relname`

const TRIGGERS = `select c.relname as name, pg_get_triggerdef(t.oid) as body
  from pg_trigger t join pg_class c on c.oid = t.tgrelid
  where not t.tgisinternal and c.relnamespace = 'public'::regnamespace order by c.relname, t.tgname`

const EXTENSIONS = `select extname as name, 'create extension ' || extname as body from pg_extension where extname <> 'plpgsql' order by 1`

const FUNCTIONS = `select p.proname as name, pg_get_functiondef(p.oid) as body
  from pg_proc p where p.pronamespace = 'public'::regnamespace and p.prokind in ('f', 'p')
  and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e') order by p.proname, p.oid::regprocedure::text`

const VIEWS = `select viewname as name, 'create view ' || quote_ident(viewname) || E' as\\n' || definition as body
  from pg_views where schemaname = 'public' order by viewname`

type Part = { name: string; body: string; comment?: string | null }

/** The schema `public` of a database, as text that is the same whenever the schema is. */
export async function schemaText(databaseUrl: string): Promise<string> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  const read = async (statement: string) => (await client.query<Part>(statement)).rows
  try {
    const [constraints, indexes, triggers] = [await read(CONSTRAINTS), await read(INDEXES), await read(TRIGGERS)]
    const bodies = (parts: Part[], table: string) => parts.flatMap(({ name, body }) => (name === table ? [body] : []))
    const tables = (await read(COLUMNS)).map(({ name, body, comment }) =>
      [
        `-- ${comment ?? 'owner: nobody'}`,
        `create table ${name} (\n${[body, ...bodies(constraints, name)].join(',\n')}\n);`,
        ...[...bodies(indexes, name), ...bodies(triggers, name)].map((text) => `${text};`),
      ].join('\n'),
    )
    const others = [...(await read(EXTENSIONS)), ...(await read(FUNCTIONS)), ...(await read(VIEWS))].map(
      ({ body }) => `${body.trim().replace(/;$/, '')};`,
    )
    const head = '-- Written by `npm run gen` from a freshly migrated database, for review. Not to be run.'
    return `${[head, ...others, ...tables].join('\n\n')}\n`
  } finally {
    await client.end()
  }
}
