import type { RequestAnswer } from '#shared/ipc/channels.ts'
import { describe, expect, it } from 'vitest'
import { callOff, isUnderWay, notRun, takeAnswer } from '../../../../src/renderer/features/migration/run-again-model.ts'

const idle = notRun('first')
const running = { ...idle, step: { kind: 'running' } as const }
const secretNeeded = { kind: 'secret-needed', reason: null } as const
const stopped = { kind: 'source', check: { kind: 'stopped' } } as const
const blocked = (code: 'signature-mismatch' | 'bucket-not-found'): RequestAnswer<'runAgain'> => ({
  kind: 'source',
  check: { kind: 'blocked', findings: [{ code, severity: 'problem', facts: {}, fixes: [] }] },
})

describe('B4: running a migration again', () => {
  it('B7: asks for the secret that the keychain does not have, and keeps asking while it is refused', () => {
    const asked = takeAnswer(running, secretNeeded, 'second')
    expect(asked).toMatchObject({ step: { kind: 'idle' }, isSecretAsked: true })
    expect(takeAnswer(asked, blocked('bucket-not-found'), 'second').isSecretAsked).toBe(true)
  })

  it('E2: asks as well when the remembered secret is the wrong one, but not for troubles it cannot mend', () => {
    expect(takeAnswer(running, blocked('signature-mismatch'), 'second').isSecretAsked).toBe(true)
    expect(takeAnswer(running, blocked('bucket-not-found'), 'second').isSecretAsked).toBe(false)
  })

  it('B7: keeps why the remembered secret is of no use: the keychain’s trouble, or that the source refuses it', () => {
    const locked = takeAnswer(running, { kind: 'secret-needed', reason: { code: 'keychain-locked' } }, 'second')
    expect(locked.secretProblem).toEqual({ code: 'keychain-locked' })
    expect(takeAnswer(running, secretNeeded, 'second').secretProblem).toBeNull()
    const refused = { code: 'source-not-ready', reference: 'signature-mismatch' }
    expect(takeAnswer(running, blocked('signature-mismatch'), 'second').secretProblem).toEqual(refused)
    // A typed one is told of by the findings.
    const asked = { ...takeAnswer(running, secretNeeded, 'second'), step: { kind: 'running' } as const }
    expect(takeAnswer(asked, blocked('signature-mismatch'), 'second').secretProblem).toBeNull()
  })

  it('E1: asks for no secret where the source no longer knows the access key', () => {
    const reason = { code: 'source-not-ready', reference: 'invalid-access-key' } as const
    expect(takeAnswer(running, { kind: 'secret-needed', reason }, 'second')).toMatchObject({
      step: { kind: 'source', check: { kind: 'blocked', findings: [{ code: 'invalid-access-key' }] } },
      isSecretAsked: false,
    })
  })

  it('B4: called off while it runs, it waits for main’s answer, and is then put away without a word', () => {
    const asked = { ...takeAnswer(running, secretNeeded, 'second'), step: { kind: 'running' } as const }
    const stopping = callOff(asked)
    expect(stopping).toMatchObject({ step: { kind: 'stopping' }, isSecretAsked: true })
    expect(isUnderWay(stopping)).toBe(true)
    for (const answer of [stopped, blocked('bucket-not-found'), { kind: 'refused', problem: { code: 'unexpected' } }] as const) {
      expect(takeAnswer(stopping, answer, 'second')).toEqual(notRun('first'))
    }
  })

  it('B4: called off too late, it has started, and the window follows', () => {
    const stopping = callOff(running)
    expect(isUnderWay(takeAnswer(stopping, { kind: 'started', rememberProblem: null }, 'second'))).toBe(true)
  })

  it('B4: called off before it runs, nothing is waited for', () => {
    expect(callOff(takeAnswer(running, secretNeeded, 'second'))).toEqual(notRun('first'))
  })

  it('B4: a check that something else has stopped is told', () => {
    expect(takeAnswer(running, stopped, 'second').step).toEqual({ kind: 'source', check: { kind: 'stopped' } })
  })

  it('a retry after a lost answer starts nothing twice: the dispatch key stays', () => {
    const lost = takeAnswer(running, { kind: 'refused', problem: { code: 'api-unreachable' } }, 'second')
    expect(lost).toMatchObject({ step: { kind: 'refused' }, dispatchKey: 'first' })
    expect(takeAnswer(lost, secretNeeded, 'second').dispatchKey).toBe('first')
  })

  it('a key that the API has seen with another request is replaced', () => {
    const spent = takeAnswer(running, { kind: 'refused', problem: { code: 'idempotency-key-reused' } }, 'second')
    expect(spent.dispatchKey).toBe('second')
  })

  it('stays at work once it has started: the window goes on to the new migration', () => {
    expect(takeAnswer(running, { kind: 'started', rememberProblem: null }, 'second')).toBe(running)
  })
})
