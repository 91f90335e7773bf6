import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { controlSocketPath, makeControlFolder, sweepControlFolders } from '../../../server/worker/rclone/control-folder.ts'

const cleanups: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanUp of cleanups.splice(0)) await cleanUp()
})

async function folderOf(pid: number): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), `rc-${pid}-`))
  cleanups.push(() => rm(folder, { recursive: true, force: true }))
  await writeFile(join(folder, 'left'), 'behind')
  return folder
}

async function endedPid(): Promise<number> {
  const child = spawn('/bin/true')
  await once(child, 'close')
  return child.pid ?? 0
}

it('B8: a folder tells whose it is', async () => {
  const folder = await makeControlFolder()
  cleanups.push(() => rm(folder, { recursive: true }))
  expect(basename(folder)).toMatch(new RegExp(`^rc-${process.pid}-`))
})

it('B8: what killed workers left is removed, and nothing of a live one', async () => {
  const [dead, reborn] = [await folderOf(await endedPid()), await folderOf(process.pid)]
  const live = await folderOf(process.ppid)
  const other = await mkdtemp(join(tmpdir(), 'rc-other-'))
  cleanups.push(() => rm(other, { recursive: true }))
  // In another container, say: its process is not seen from here, its socket is.
  const elsewhere = await folderOf(await endedPid())
  const rclone = createServer().listen(controlSocketPath(elsewhere))
  await once(rclone, 'listening')
  cleanups.push(() => rclone.close())

  expect(await sweepControlFolders()).toBeGreaterThanOrEqual(2)
  expect([dead, reborn, live, other, elsewhere].map((folder) => existsSync(folder))).toEqual([
    false,
    false,
    true,
    true,
    true,
  ])
})
