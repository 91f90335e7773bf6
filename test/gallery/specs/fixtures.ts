import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { _electron, test as base, type Page } from '@playwright/test'
import { openGallery } from '../gallery-site.ts'

interface Gallery {
  readonly page: Page
  readonly addressOf: (scene: string) => string
}

/** The gallery in one window of the real Electron, for all of its tests. */
export const test = base.extend<object, { readonly gallery: Gallery }>({
  gallery: [
    async ({}, use) => {
      const folder = await mkdtemp(join(tmpdir(), 'gallery-'))
      const site = await openGallery(join(folder, 'built'))
      const program = join(import.meta.dirname, '..', 'electron-window.mjs')
      const electron = await _electron.launch({ args: [program, `--user-data-dir=${join(folder, 'user-data')}`] })
      await use({ page: await electron.firstWindow(), addressOf: site.addressOf })
      await electron.close()
      site.stop()
      await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
    },
    { scope: 'worker', timeout: 60_000 },
  ],
})

export { expect } from '@playwright/test'
