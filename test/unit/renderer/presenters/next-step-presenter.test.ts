import { describe, expect, test } from 'vitest'
import { isRetryNextStep } from '../../../../src/renderer/presenters/next-step-presenter.ts'

describe('the step that is offered first after an end (B4)', () => {
  test.each([
    ['completed-with-exceptions', null, true],
    ['completed', null, false],
    ['cancelled', null, false],
    ['failed', { code: 'unreachable', side: 'source' }, true],
    ['failed', { code: 'worker-error', side: 'worker' }, true],
    ['failed', { code: 'bucket-not-found', side: 'destination' }, true],
    ['failed', { code: 'invalid-access-key', side: 'source' }, false],
    ['failed', { code: 'bucket-not-found', side: 'source' }, false],
  ] as const)('%s, %j: copy what failed %s', (outcome, failure, isRetry) => {
    expect(isRetryNextStep(outcome, failure)).toBe(isRetry)
  })
})
