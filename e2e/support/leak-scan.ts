import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'

/** Secrets by the name to report; the texts themselves must not show up in a test's output. */
export type Secrets = Readonly<Record<string, string>>

/** Where a secret was found: `userData/settings.json: source secret`. */
export type Leak = string

/** Looks into the command line and the environment of every process of this machine. */
export async function scanProcesses(secrets: Secrets): Promise<readonly Leak[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  const found = pids.flatMap((pid) =>
    ['cmdline', 'environ'].map(async (file) => {
      // A process may end, or belong to somebody else, while we look.
      const text = await readFile(join('/proc', pid, file), 'latin1').catch(() => '')
      return findIn(`/proc/${pid}/${file}`, text, secrets)
    }),
  )
  return (await Promise.all(found)).flat()
}

/** Looks into every file below a folder, whatever it holds. */
export async function scanFolder(folder: string, secrets: Secrets): Promise<readonly Leak[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  const leaks: Leak[] = []
  for (const path of paths) {
    // Files come and go while programs run.
    leaks.push(...findIn(path, await readFile(path, 'latin1').catch(() => ''), secrets))
  }
  return leaks
}

/** Looks into every row of every table, as text. */
export async function scanDatabase(url: string, secrets: Secrets): Promise<{ leaks: readonly Leak[]; rows: number }> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const { rows: tables } = await client.query<{ name: string }>("SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'")
    const leaks: Leak[] = []
    let count = 0
    for (const { name } of tables) {
      const { rows } = await client.query<{ text: string }>(`SELECT t::text AS text FROM "${name}" t`)
      count += rows.length
      leaks.push(...rows.flatMap(({ text }) => findIn(`table ${name}`, text, secrets)))
    }
    return { leaks, rows: count }
  } finally {
    await client.end()
  }
}

/** As it is, and in the forms in which it could have been written without being seen. */
function findIn(place: string, text: string, secrets: Secrets): Leak[] {
  return Object.entries(secrets).flatMap(([name, secret]) => {
    const bytes = Buffer.from(secret)
    const forms = [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1), bytes.toString('base64').replace(/=+$/, ''), bytes.toString('hex')]
    return forms.some((form) => text.includes(form)) ? [`${place}: ${name}`] : []
  })
}
