import { describe, expect, test } from 'vitest'
import { explainStragglerFailure } from '../../../../../server/worker/stragglers/straggler-failure-rules.ts'
import {
  DigestMismatchError,
  SourceChangedError,
  toStoreError,
} from '../../../../../server/worker/stragglers/store-error.ts'
import { refusal, unreachable } from './fakes/fake-ends.ts'

describe('B3: why an object could not be copied', () => {
  test.each([
    ['source', refusal('NoSuchKey', 404), 'source-not-found', false],
    ['source', refusal('NotFound', 404), 'source-not-found', false],
    ['source', refusal('AccessDenied', 403), 'access-denied', false],
    ['source', refusal('InvalidObjectState', 403), 'archived-object', false],
    ['source', refusal('PreconditionFailed', 412), 'changed-during-copy', false],
    ['source', refusal('UnknownError', 412), 'changed-during-copy', false],
    ['source', refusal('InternalError', 500), 'unreachable', true],
    ['source', refusal('SlowDown', 503), 'throttled', true],
    ['source', refusal('InvalidRequest', 400), 'copy-failed', false],
    ['source', unreachable(), 'unreachable', true],
    ['source', Object.assign(new Error('idle'), { name: 'TimeoutError' }), 'unreachable', true],
    ['destination', refusal('InvalidArgument', 400), 'key-refused', false],
    ['destination', refusal('KeyTooLongError', 400), 'key-refused', false],
    ['destination', refusal('XMinioInvalidObjectName', 400), 'key-refused', false],
    ['destination', refusal('SignatureDoesNotMatch', 403), 'key-refused', false],
    ['destination', refusal('EntityTooLarge', 400), 'object-too-large', false],
    ['destination', refusal('MetadataTooLarge', 400), 'copy-failed', false],
    ['destination', refusal('BadDigest', 400), 'copy-failed', true],
    ['destination', refusal('RequestTimeout', 400), 'copy-failed', true],
    ['destination', refusal('AccessDenied', 403), 'access-denied', false],
    ['destination', refusal('QuotaExceeded', 403), 'quota-exceeded', false],
    ['destination', refusal('NoSuchUpload', 404), 'copy-failed', false],
  ] as const)('of the %s, %s: %s', (side, error, reason, mayPass) => {
    expect(explainStragglerFailure(toStoreError(side, error))).toMatchObject({ side, reason, mayPass })
  })

  test('names the end, the store’s code and its words', () => {
    const failure = explainStragglerFailure(toStoreError('destination', refusal('InvalidArgument', 400, 'no dots')))
    expect(failure?.detail).toBe('destination: InvalidArgument: no dots')
  })

  test('what the copy itself has found out', () => {
    expect(explainStragglerFailure(new SourceChangedError('x'))).toMatchObject({ reason: 'changed-during-copy', mayPass: false })
    expect(explainStragglerFailure(new DigestMismatchError('x'))).toMatchObject({ reason: 'copy-failed', mayPass: true })
  })

  test('a bug is no failure of a store', () => {
    const bug = new TypeError('x is not a function')
    expect(toStoreError('source', bug)).toBe(bug)
    expect(explainStragglerFailure(bug)).toBeNull()
  })
})
