import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, it, vi } from 'vitest'
import { createLicenceReader } from '../../../../src/main/licences/licence-reader.ts'

const folders: string[] = []
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true })
})

const licence = (name: string, version = '1.0.0') => ({ name, version, licence: 'MIT', text: `Copyright ${name}` })

it('B13: lists every part of main and window once, with Chromium, though one list cannot be read', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'licences-'))
  folders.push(folder)
  const files = ['main.json', 'window.json', 'gone.json'].map((name) => join(folder, name))
  await writeFile(files[0] ?? '', JSON.stringify([licence('zod'), licence('got'), licence('zod', '2.0.0')]))
  await writeFile(files[1] ?? '', JSON.stringify([licence('zod'), licence('react')]))
  const error = vi.fn()
  const logger = { info: () => undefined, warn: () => undefined, error }
  const read = createLicenceReader({ files, chromeVersion: '130.0', logger })
  expect((await read()).map(({ name, version }) => `${name} ${version}`)).toEqual([
    'Chromium 130.0',
    'got 1.0.0',
    'react 1.0.0',
    'zod 1.0.0',
    'zod 2.0.0',
  ])
  expect(error).toHaveBeenCalledOnce()
})
