import { mkdir, mkdtemp, open, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { Writable } from 'node:stream'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { err, ok } from '#shared/domain/result.ts'
import { createWholeFiles } from '../../../../src/main/reports/whole-file.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'whole-file-'))
})
afterEach(() => rm(folder, { recursive: true }))

const files = createWholeFiles()
const fillWith = (text: string) => async (openSink: () => Promise<Writable>) => {
  await pipeline([text], await openSink())
  return ok('done')
}

describe('a file that is there whole or not at all', () => {
  it('replaces what was there once it is complete', async () => {
    const path = join(folder, 'report.csv')
    await writeFile(path, 'older')
    const answer = await files.write(path, async (openSink) => {
      const filled = await fillWith('newer')(openSink)
      expect(await readFile(path, 'utf8')).toBe('older')
      return filled
    })
    expect(answer).toEqual(ok('done'))
    expect(await readFile(path, 'utf8')).toBe('newer')
    expect(await readdir(folder)).toEqual(['report.csv'])
  })

  it('leaves nothing of one that turned out wrong, and what was there before', async () => {
    const path = join(folder, 'report.csv')
    await writeFile(path, 'older')
    const answer = await files.write(path, async (openSink) => {
      await fillWith('half')(openSink)
      return err({ code: 'report-damaged' } as const)
    })
    expect(answer).toEqual(err({ code: 'report-damaged' }))
    expect(await readFile(path, 'utf8')).toBe('older')
    expect(await readdir(folder)).toEqual(['report.csv'])
  })

  it('E10: names the disk’s own reason and leaves nothing: a folder of that name', async () => {
    const path = join(folder, 'report.csv')
    await mkdir(join(path, 'inside'), { recursive: true })
    expect(await files.write(path, fillWith('x'))).toEqual(err({ code: 'report-not-saved', reference: 'EISDIR' }))
    expect(await readdir(folder)).toEqual(['report.csv'])
  })

  it('E10: names the disk’s own reason: no such folder', async () => {
    const path = join(folder, 'gone', 'report.csv')
    expect(await files.write(path, fillWith('x'))).toEqual(err({ code: 'report-not-saved', reference: 'ENOENT' }))
  })

  it('E10: names the disk’s own reason: full', async () => {
    // The kernel's own device that is always full.
    const onFullDisk = createWholeFiles({ openNew: () => open('/dev/full', 'w') })
    const path = join(folder, 'report.csv')
    expect(await onFullDisk.write(path, fillWith('x'))).toEqual(err({ code: 'report-not-saved', reference: 'ENOSPC' }))
    expect(await readdir(folder)).toEqual([])
  })

  it('does not take a bug for a full disk', async () => {
    await expect(files.write(join(folder, 'a'), () => Promise.reject(new TypeError('bug')))).rejects.toThrow('bug')
  })

  it('discards at once what is unfinished when the app quits', async () => {
    const answer = await files.write(join(folder, 'report.csv'), async (openSink) => {
      await fillWith('half')(openSink)
      expect(await readdir(folder)).toHaveLength(1)
      files.discardUnfinished()
      expect(await readdir(folder)).toEqual([])
      return err({ code: 'signed-out' } as const)
    })
    expect(answer).toEqual(err({ code: 'signed-out' }))
  })
})
