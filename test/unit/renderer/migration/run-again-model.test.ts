import type { RequestAnswer } from '#shared/ipc/channels.ts'
import { describe, expect, it } from 'vitest'
import { notRun, takeAnswer } from '../../../../src/renderer/features/migration/run-again-model.ts'

const idle = notRun('first')
const running = { ...idle, step: { kind: 'running' } as const }
const blocked = (code: 'signature-mismatch' | 'bucket-not-found'): RequestAnswer<'runAgain'> => ({
  kind: 'source',
  check: { kind: 'blocked', findings: [{ code, severity: 'problem', facts: {}, fixes: [] }] },
})

describe('B4: running a migration again', () => {
  it('B7: asks for the secret that the keychain does not have, and keeps asking while it is refused', () => {
    const asked = takeAnswer(running, { kind: 'secret-needed' }, 'second')
    expect(asked).toMatchObject({ step: { kind: 'idle' }, isSecretAsked: true })
    expect(takeAnswer(asked, blocked('bucket-not-found'), 'second').isSecretAsked).toBe(true)
  })

  it('E2: asks as well when the remembered secret is the wrong one, but not for troubles it cannot mend', () => {
    expect(takeAnswer(running, blocked('signature-mismatch'), 'second').isSecretAsked).toBe(true)
    expect(takeAnswer(running, blocked('bucket-not-found'), 'second').isSecretAsked).toBe(false)
  })

  it('a retry after a lost answer starts nothing twice: the dispatch key stays', () => {
    const lost = takeAnswer(running, { kind: 'refused', problem: { code: 'api-unreachable' } }, 'second')
    expect(lost).toMatchObject({ step: { kind: 'refused' }, dispatchKey: 'first' })
    expect(takeAnswer(lost, { kind: 'secret-needed' }, 'second').dispatchKey).toBe('first')
  })

  it('a key that the API has seen with another request is replaced', () => {
    const spent = takeAnswer(running, { kind: 'refused', problem: { code: 'idempotency-key-reused' } }, 'second')
    expect(spent.dispatchKey).toBe('second')
  })

  it('stays at work once it has started: the window goes on to the new migration', () => {
    expect(takeAnswer(running, { kind: 'started', rememberProblem: null }, 'second')).toBe(running)
  })
})
