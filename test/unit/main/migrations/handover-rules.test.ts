import { describe, expect, it } from 'vitest'
import { migrationStates } from '#shared/domain/migration-state.ts'
import { decideHandover } from '../../../../src/main/migrations/handover-rules.ts'
import { KEY_ID, OTHER_ID } from '../fakes/views.ts'

const key = { keyId: KEY_ID, publicKey: 'A'.repeat(43) }
const waiting = { state: 'awaiting-credentials', sealingKey: key } as const
const none: ReadonlySet<string> = new Set()

describe('handover of the source secret (B1, B8)', () => {
  it('seals when a worker waits and the secret is held', () => {
    expect(decideHandover({ migration: waiting, hasSecret: true, answeredKeyIds: none })).toEqual({ handover: 'ready', sealTo: key })
  })
  it('asks for the secret when a worker waits and it is not held', () => {
    expect(decideHandover({ migration: waiting, hasSecret: false, answeredKeyIds: none })).toEqual({ handover: 'secret-needed', sealTo: null })
  })
  it('answers each key once, and a new worker’s key again', () => {
    const answered = new Set([KEY_ID])
    expect(decideHandover({ migration: waiting, hasSecret: true, answeredKeyIds: answered })).toEqual({ handover: 'handed-over', sealTo: null })
    const next = { ...waiting, sealingKey: { ...key, keyId: OTHER_ID } }
    expect(decideHandover({ migration: next, hasSecret: true, answeredKeyIds: answered }).sealTo?.keyId).toBe(OTHER_ID)
  })
  it('is ready while no worker has come', () => {
    expect(decideHandover({ migration: { state: 'queued', sealingKey: null }, hasSecret: true, answeredKeyIds: none }).handover).toBe('ready')
  })
  it('never seals in any state but awaiting-credentials, and never after the end', () => {
    for (const state of migrationStates) {
      const step = decideHandover({ migration: { state, sealingKey: key }, hasSecret: true, answeredKeyIds: none })
      expect(step.sealTo === null).toBe(state !== 'awaiting-credentials')
      if (['cancelling', 'completed', 'failed', 'cancelled'].includes(state)) expect(step.handover).toBe('not-needed')
    }
  })
})
