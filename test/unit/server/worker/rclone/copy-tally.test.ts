import { describe, expect, it } from 'vitest'
import { createCopyTally } from '../../../../../server/worker/rclone/copy-tally.ts'
import type { RcloneLogEntry } from '../../../../../server/worker/rclone/rclone-log-parser.ts'

const at = '2026-01-02T03:04:05.000Z'
const copied = (object: string, size: number): RcloneLogEntry => ({ at, level: 'info', object, size, message: 'Copied (new)' })
const failed = (object: string, reason: string): RcloneLogEntry => ({
  at,
  level: 'error',
  object,
  message: `Failed to copy: ${reason}`,
})
const tallyFor = (maxFailedObjects = 1_000) =>
  createCopyTally({
    target: { kind: 'folder', prefix: 'photos/' },
    sourceEndpoint: 'http://source',
    destinationEndpoint: 'http://destination',
    maxFailedObjects,
  })

describe('createCopyTally', () => {
  it('counts copied objects and their bytes', () => {
    const tally = tallyFor()
    expect(tally.take(copied('a', 5))).toBeNull()
    tally.take(copied('b', 7))
    expect([tally.copiedObjects, tally.copiedBytes, tally.worst]).toEqual([2, 12, null])
  })

  it('names failed objects by their source key, the first ones only, and counts all', () => {
    const tally = tallyFor(2)
    for (const key of ['a', 'b', 'c']) tally.take(failed(key, 'failed to open source object: Object in GLACIER, restore first'))
    expect(tally.failedObjects.map(({ key }) => key)).toEqual(['photos/a', 'photos/b'])
    expect(tally.failedObjectCount).toBe(3)
    expect(tally.worst?.code).toBe('archived-object')
    expect(tally.mayRetry).toBe(false)
  })

  it('may try again as soon as one failure can pass', () => {
    const tally = tallyFor()
    tally.take(failed('a', 'failed to open source object: Object in GLACIER, restore first'))
    tally.take(failed('b', 'operation error S3: PutObject, https response error StatusCode: 503, api error SlowDown: '))
    expect(tally.mayRetry).toBe(true)
  })

  it('is not misled by the echo of our own stop, nor by what the caller is told anyway', () => {
    const tally = tallyFor()
    tally.take(failed('a', 'failed to open source object: context canceled'))
    tally.take({ at, level: 'error', message: 'rc: "sync/copy": error: nope' })
    expect([tally.errorLines, tally.worst, tally.failedObjectCount]).toEqual([0, null, 0])
  })

  it('counts a failed listing as failure but as no object', () => {
    const tally = tallyFor()
    tally.take({ at, level: 'error', object: 'S3 bucket b', message: 'error reading source root directory: directory not found' })
    expect([tally.worst?.code, tally.failedObjectCount]).toEqual(['bucket-not-found', 0])
  })

  it('forgets failures before another attempt, and keeps what is copied', () => {
    const tally = tallyFor()
    tally.take(copied('a', 5))
    tally.take(failed('b', 'corrupted on transfer'))
    tally.forgetFailures()
    expect([tally.copiedObjects, tally.failedObjects, tally.failedObjectCount, tally.worst, tally.mayRetry]).toEqual([
      1, [], 0, null, false,
    ])
  })
})
