import type { Queries } from '../../../server/db/pool.ts'

interface ColumnRow {
  readonly table_name: string
  readonly definition: string
}
interface DefinitionRow {
  readonly table_name: string
  readonly definition: string
}

const columnsQuery = `
  SELECT c.relname AS table_name,
         quote_ident(a.attname) || ' ' || format_type(a.atttypid, a.atttypmod)
           || coalesce(' DEFAULT ' || pg_get_expr(d.adbin, d.adrelid), '')
           || CASE WHEN a.attnotnull THEN ' NOT NULL' ELSE '' END
           || CASE WHEN a.attstorage <> t.typstorage THEN ' STORAGE ' || CASE a.attstorage
                WHEN 'p' THEN 'PLAIN' WHEN 'e' THEN 'EXTERNAL' WHEN 'm' THEN 'MAIN' ELSE 'EXTENDED' END ELSE '' END AS definition
    FROM pg_class c
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    JOIN pg_type t ON t.oid = a.atttypid
    LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
   WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
   ORDER BY c.relname, a.attnum`

// NOT NULL constraints (their own kind since PostgreSQL 18) are told with the columns.
const constraintsQuery = `
  SELECT conrelid::regclass::text AS table_name,
         'CONSTRAINT ' || quote_ident(conname) || ' ' || pg_get_constraintdef(oid) AS definition
    FROM pg_constraint
   WHERE connamespace = 'public'::regnamespace AND contype IN ('p', 'u', 'f', 'c')
   ORDER BY 1, 2`

const indexesQuery = `
  SELECT i.indrelid::regclass::text AS table_name, pg_get_indexdef(i.indexrelid) || ';' AS definition
    FROM pg_index i
    JOIN pg_class c ON c.oid = i.indexrelid
   WHERE c.relnamespace = 'public'::regnamespace
     AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = i.indexrelid)
   ORDER BY 1, 2`

/** The schema as it is in a database, in a fixed order: what all migrations together amount to. */
export async function dumpSchema(queries: Queries): Promise<string> {
  const { rows: columns } = await queries.query<ColumnRow>(columnsQuery)
  const { rows: constraints } = await queries.query<DefinitionRow>(constraintsQuery)
  const { rows: indexes } = await queries.query<DefinitionRow>(indexesQuery)
  const tables = [...new Set(columns.map((row) => row.table_name))]
  const of = (rows: readonly DefinitionRow[], table: string): readonly string[] =>
    rows.filter((row) => row.table_name === table).map((row) => row.definition)
  const texts = tables.map((table) => {
    const lines = [...of(columns, table), ...of(constraints, table)].map((line) => `  ${line}`)
    return [`CREATE TABLE ${table} (\n${lines.join(',\n')}\n);`, ...of(indexes, table)].join('\n')
  })
  return `-- What migrations/ amount to. Kept by test/integration/db/schema.test.ts: after a change run it with -u.\n\n${texts.join('\n\n')}\n`
}
