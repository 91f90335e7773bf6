import { describe, expect, it, test } from 'vitest'
import { createFailureNotes } from '../../../../../server/worker/attempts/failure-notes.ts'
import { objectReasonOf } from '../../../../../server/worker/attempts/object-reason-rules.ts'
import { createObjectFailures } from '../../../../../server/worker/object-failures.ts'
import { explainRcloneFailure } from '../../../../../server/worker/rclone/rclone-failure-rules.ts'
import { createRecentActivity } from '../../../../../server/worker/recent-activity.ts'

const archived = explainRcloneFailure({
  text: 'Failed to copy: failed to open source object: Object in GLACIER, restore first',
})

test('S17: of many failures the first are told by name, the others counted, and all are noted', () => {
  const failures = createObjectFailures()
  const activity = createRecentActivity({ redact: (text) => text, now: () => new Date(0) })
  const notes = createFailureNotes({ activity, failures })
  notes.add({ ...archived, message: 'error reading source directory: StatusCode: 500' }, null)
  for (let index = 0; index < 1_000; index += 1) notes.add(archived, `k${String(index)}`)
  notes.end()

  const lines = activity.drain().map(({ text }) => text)
  expect(lines).toHaveLength(21)
  expect(lines[0]).toBe('error reading source directory: StatusCode: 500')
  expect(lines[1]).toBe(`k0: ${archived.message}`)
  expect(lines.at(-1)).toBe('981 more could not be copied this time')
  expect(failures.find('k999')).toEqual({ reason: 'archived-object', detail: archived.message })
})

describe('objectReasonOf', () => {
  const refused = (code: string): string =>
    `Failed to copy: operation error S3: PutObject, https response error StatusCode: 400, api error ${code}: no`
  it.each([
    [archived.message, 'archived-object'],
    ['Failed to copy: failed to open source object: object not found', 'source-not-found'],
    ['Failed to copy: operation error S3: GetObject, StatusCode: 403, api error AccessDenied: no', 'access-denied'],
    ['Failed to copy: operation error S3: GetObject, StatusCode: 503, api error SlowDown: no', 'throttled'],
    ['Failed to copy: Get "https://x/y": dial tcp 1.2.3.4:443: connection refused', 'unreachable'],
    [refused('KeyTooLongError'), 'key-too-long'],
    [refused('InvalidObjectName'), 'key-refused'],
    [refused('XMinioInvalidObjectName'), 'key-refused'],
    [refused('EntityTooLarge'), 'object-too-large'],
    ['corrupted on transfer: sizes differ 5 vs 4', 'copy-failed'],
  ])('B3: %s: %s', (text, reason) => {
    expect(objectReasonOf(explainRcloneFailure({ text }))).toBe(reason)
  })
})
