import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { replaceProgramFile } from '../../../../src/main/updates/replace-file.ts'

let folder: string
let app: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'replace-file-'))
  app = join(folder, 'Carolina-Migrate.AppImage')
  await writeFile(app, 'old')
})
afterEach(() => rm(folder, { recursive: true, force: true }))

test('B13: the new program stands in the place of the old one and can be started', async () => {
  await writeFile(join(folder, 'download'), 'new', { mode: 0o600 })
  replaceProgramFile(join(folder, 'download'), app)
  expect(await readFile(app, 'utf8')).toBe('new')
  expect((await stat(app)).mode & 0o777).toBe(0o755)
})

test.each([
  ['is gone', () => Promise.resolve()],
  ['is no file', (download: string) => mkdir(download)],
])('B13: a download that %s leaves the old program as it was, and nothing beside it', async (_what, prepare) => {
  const download = join(folder, 'download')
  await prepare(download)
  const before = await readdir(folder)
  expect(() => replaceProgramFile(download, app)).toThrow()
  expect(await readFile(app, 'utf8')).toBe('old')
  expect(await readdir(folder)).toEqual(before)
})
