import { type FileHandle, mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A file that has no name from the moment it is open: nothing is left of it however this process ends. */
export async function openNamelessFile(): Promise<FileHandle> {
  // mkdtemp makes it 0700: nobody else can open the file in the meantime.
  const folder = await mkdtemp(join(tmpdir(), 'carolina-file-'))
  try {
    return await open(join(folder, 'file'), 'wx+', 0o600)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Such files for as long as `use` runs; the same number gives the same file. */
export async function withNamelessFiles<T>(use: (openFile: (number: number) => Promise<FileHandle>) => Promise<T>): Promise<T> {
  const files = new Map<number, FileHandle>()
  try {
    return await use(async (number) => {
      const file = files.get(number) ?? (await openNamelessFile())
      files.set(number, file)
      return file
    })
  } finally {
    await Promise.all([...files.values()].map((file) => file.close()))
  }
}
