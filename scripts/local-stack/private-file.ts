import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { secretsFolderOf } from './postgres-server.ts'

/** Only the owner may read it; for keys and passwords that must not stand in argv or the environment. */
export async function writePrivateFile(file: string, text: string): Promise<string> {
  await writeFile(file, text, { mode: 0o600 })
  return file
}

/** A folder for one run: mode 0700, in the system's place for temporary files. */
export function makePrivateFolder(name: string): Promise<string> {
  return mkdtemp(join(tmpdir(), `carolina-${name}-`))
}

/** PostgreSQL does not run as root; its user cannot look into the private folder, so its data lie beside it. */
export function postgresFolderOf(privateFolder: string): string {
  return `${privateFolder}-postgres`
}

/** Removes all that a run kept on disk. A server that is just ending may still write, hence the retries. */
export async function removePrivateFolder(folder: string): Promise<void> {
  const data = postgresFolderOf(folder)
  for (const path of [folder, data, secretsFolderOf(data)]) {
    await rm(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
  }
}

export async function makeSubfolder(folder: string, name: string): Promise<string> {
  const path = join(folder, name)
  await mkdir(path, { recursive: true, mode: 0o700 })
  return path
}
