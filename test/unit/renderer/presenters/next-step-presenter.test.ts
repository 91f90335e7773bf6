import { describe, expect, test } from 'vitest'
import { nextStep } from '../../../../src/renderer/presenters/next-step-presenter.ts'
import { verification } from '../fixtures.ts'

const failure = (code: 'unreachable' | 'worker-error' | 'bucket-not-found' | 'invalid-access-key' | 'objects-missing', side: 'source' | 'destination' | 'worker') => ({
  code,
  side,
  message: '',
  exitCode: null,
})

describe('the step that is offered first after an end (B4)', () => {
  test.each([
    ['completed-with-exceptions', null, 'copy-failed', true],
    ['completed', null, 'run-again', false],
    ['cancelled', null, 'run-again', false],
    ['failed', failure('unreachable', 'source'), 'copy-failed', true],
    ['failed', failure('worker-error', 'worker'), 'copy-failed', true],
    ['failed', failure('bucket-not-found', 'destination'), 'copy-failed', true],
    ['failed', failure('invalid-access-key', 'source'), 'copy-failed', false],
    ['failed', failure('bucket-not-found', 'source'), 'copy-failed', false],
  ] as const)('%s, %j: %s, first %s', (outcome, ended, again, isAgainFirst) => {
    expect(nextStep(outcome, { failure: ended, verification: null })).toEqual({ again, isAgainFirst })
  })

  test.each([
    ['failed', 0],
    ['completed-with-exceptions', 7],
  ] as const)('%s, only files that were to be kept: there is nothing that failed to copy', (outcome, across) => {
    const ended = outcome === 'failed' ? failure('objects-missing', 'worker') : null
    const step = nextStep(outcome, { failure: ended, verification: verification(across, { 'kept-different': 3 }) })
    expect(step).toEqual({ again: 'run-again', isAgainFirst: false })
  })

  test('one file that failed beside those that were to be kept is worth another run', () => {
    const account = verification(7, { 'kept-different': 3, failed: 1 })
    expect(nextStep('completed-with-exceptions', { failure: null, verification: account }).isAgainFirst).toBe(true)
  })
})
