import { describe, expect, it } from 'vitest'
import { createCopyTally, isObjectError } from '../../../../../server/worker/rclone/copy-tally.ts'
import type { RcloneLogEntry } from '../../../../../server/worker/rclone/rclone-log-parser.ts'

const at = '2026-01-02T03:04:05.000Z'
const copied = (object: string, size: number): RcloneLogEntry => ({ at, level: 'info', object, size, message: 'Copied (new)' })
const failed = (object: string, reason: string): RcloneLogEntry => ({
  at,
  level: 'error',
  object,
  message: `Failed to copy: ${reason}`,
})
const archived = 'failed to open source object: Object in GLACIER, restore first'
const slowDown = 'operation error S3: PutObject, https response error StatusCode: 503, api error SlowDown: '
const tallyFor = () => createCopyTally({ sourceEndpoint: 'http://source', destinationEndpoint: 'http://destination' })

describe('createCopyTally', () => {
  it('counts copied objects and their bytes', () => {
    const tally = tallyFor()
    expect(tally.take(copied('a', 5))).toBeNull()
    tally.take(copied('b', 7))
    expect([tally.copiedObjects, tally.copiedBytes, tally.worst]).toEqual([2, 12, null])
  })

  it('S17: objects that cannot be read are no failure of the whole, and need no other run', () => {
    const tally = tallyFor()
    for (const key of ['a', 'b', 'c']) tally.take(failed(key, archived))
    expect(tally).toMatchObject({ errorLines: 3, finalErrorLines: 3, isWhole: false, mayPass: false })
    expect(tally.worst?.code).toBe('archived-object')
  })

  it('another run may help as soon as one failure can pass', () => {
    const tally = tallyFor()
    tally.take(failed('a', archived))
    tally.take(failed('b', slowDown))
    expect(tally).toMatchObject({ isWhole: false, mayPass: true, errorLines: 2, finalErrorLines: 1 })
  })

  it('B8: counts the single objects that failed', () => {
    const tally = tallyFor()
    for (const key of ['a', 'b']) tally.take(failed(key, slowDown))
    tally.take(copied('c', 1))
    tally.take({ at, level: 'error', object: 'd', message: 'error reading source directory: StatusCode: 500' })
    expect(tally).toMatchObject({ failedObjects: 2, errorLines: 3 })
  })

  it('S18: a refusal that every object will meet ends it all, whatever else may pass', () => {
    const tally = tallyFor()
    tally.take(failed('a', slowDown))
    tally.take(failed('b', 'failed to open source object: operation error S3: GetObject, StatusCode: 403, api error InvalidAccessKeyId: '))
    expect(tally).toMatchObject({ isWhole: true, mayPass: false, worst: { code: 'invalid-access-key', side: 'source' } })
  })

  it.each([
    ['the echo of our own stop', failed('a', 'failed to open source object: context canceled')],
    ['what the caller is told anyway', { at, level: 'error', message: 'rc: "sync/copy": error: nope' }],
    [
      'what rclone leaves to the worker',
      { at, level: 'error', object: 'x/', message: `Entry doesn't belong in directory "x" (same as directory) - ignoring` },
    ],
  ] as const)('is not misled by %s', (_what, entry) => {
    const tally = tallyFor()
    expect(tally.take(entry)).toBeNull()
    expect([tally.errorLines, tally.worst, tally.mayPass]).toEqual([0, null, false])
  })

  it.each([
    ['source root', true],
    ['source', false],
  ])('a %s directory that cannot be listed concerns the whole copy: %s', (directory, isWhole) => {
    const entry = { at, level: 'error', object: 'b', message: `error reading ${directory} directory: StatusCode: 500` } as const
    const tally = tallyFor()
    tally.take(entry)
    expect(tally).toMatchObject({ isWhole, mayPass: true })
    expect(isObjectError(entry)).toBe(false)
    expect(isObjectError(failed('a', archived))).toBe(true)
  })
})
