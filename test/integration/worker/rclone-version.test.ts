import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { checkRclone } from '../../../server/worker/rclone/rclone-version.ts'
import { findRclonePath } from '../../support/s3-endpoint.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rclone-version-'))
})
afterAll(() => rm(folder, { recursive: true }))

/** A program that says what an rclone of that version says. */
async function programSaying(text: string): Promise<string> {
  const path = join(await mkdtemp(join(folder, 'one-')), 'rclone')
  await writeFile(path, `#!/bin/sh\necho '${text}'\n`, { mode: 0o755 })
  return path
}

it('S9: takes the rclone of this machine', async () => {
  expect(await checkRclone(findRclonePath())).toMatchObject({ ok: true })
})

it.each(['rclone v1.75.0', 'rclone v1.80.1', 'rclone v2.0.0', 'rclone v1.76.0-beta.9001.abc'])('S9: takes %s', async (text) => {
  expect((await checkRclone(await programSaying(text))).ok).toBe(true)
})

it.each([
  ['rclone v1.74.9', 'is rclone 1.74.9, which can leak credentials'],
  ['rclone v1.60.1-DEV', 'is rclone 1.60.1, which can leak credentials'],
  ['something else', 'does not say which rclone it is'],
])('S9: refuses %s and says what to do', async (text, reason) => {
  const checked = await checkRclone(await programSaying(text))
  expect(checked.ok ? '' : checked.error).toContain(reason)
  expect(checked.ok ? '' : checked.error).toContain('install rclone 1.75.0 or newer and name it in RCLONE_PATH')
})

it('S9: says that a program is not there', async () => {
  const checked = await checkRclone('/nowhere/rclone')
  expect(checked.ok ? '' : checked.error).toContain('could not be run')
})
