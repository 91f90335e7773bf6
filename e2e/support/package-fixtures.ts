import { execFileSync } from 'node:child_process'
import { chmod, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildPackage } from '../../scripts/package/build-package.ts'
import { projectRoot } from '../../scripts/local-stack/server-programs.ts'
import { test as base } from './fixtures.ts'

export interface UnpackedPackage {
  /** The archive's name in `dist/`. */
  readonly archive: string
  /** What a person has after unpacking it: a fresh folder with nothing of this checkout in it. */
  readonly folder: string
  readonly program: string
}

export const test = base.extend<object, { readonly unpacked: UnpackedPackage }>({
  unpacked: [
    async ({}, use) => {
      const dist = join(projectRoot, 'dist')
      await rm(dist, { recursive: true, force: true })
      await buildPackage(['--linux', 'dir', 'tar.gz'])
      const archive = (await readdir(dist)).find((name) => name.endsWith('.tar.gz')) ?? ''
      const place = await mkdtemp(join(tmpdir(), 'carolina-package-'))
      // Another user starts it as well.
      await chmod(place, 0o755)
      execFileSync('tar', ['-xzf', join(dist, archive), '-C', place])
      const folder = join(place, archive.replace(/\.tar\.gz$/, ''))
      await use({ archive, folder, program: join(folder, 'carolina-migrate') })
      await rm(place, { recursive: true, force: true })
    },
    { scope: 'worker', timeout: 180_000 },
  ],
})

/** A copy of its own, to change something in; large files are shared. */
export async function copyOf({ folder }: UnpackedPackage, target: string): Promise<string> {
  await rm(target, { recursive: true, force: true })
  execFileSync('cp', ['-al', folder, target])
  return join(target, 'carolina-migrate')
}

export { expect } from './fixtures.ts'
