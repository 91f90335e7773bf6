import { describe, expect, it } from 'vitest'
import { isTerminal, migrationStates } from '#shared/domain/migration-state.ts'
import { decideHandover } from '../../../../src/main/migrations/handover-rules.ts'
import { KEY_ID, OTHER_ID } from '../fakes/views.ts'

const key = { keyId: KEY_ID, publicKey: 'A'.repeat(43) }
const waiting = { state: 'awaiting-credentials', sealingKey: key } as const
const held = { hasSecret: true, isRecalling: false }
const notHeld = { hasSecret: false, isRecalling: false }
const none: ReadonlySet<string> = new Set()

describe('handover of the source secret (B1, B8)', () => {
  it('seals when a worker waits and the secret is held', () => {
    expect(decideHandover({ migration: waiting, ...held, answeredKeyIds: none })).toEqual({ handover: 'ready', sealTo: key })
  })
  it('asks for the secret when a worker waits and it is not held', () => {
    expect(decideHandover({ migration: waiting, ...notHeld, answeredKeyIds: none })).toEqual({ handover: 'secret-needed', sealTo: null })
  })
  it('B7: asks nobody while the remembered secret is being fetched', () => {
    const step = decideHandover({ migration: waiting, hasSecret: false, isRecalling: true, answeredKeyIds: none })
    expect(step).toEqual({ handover: 'ready', sealTo: null })
  })
  it('answers each key once, and a new worker’s key again', () => {
    const answered = new Set([KEY_ID])
    expect(decideHandover({ migration: waiting, ...held, answeredKeyIds: answered })).toEqual({ handover: 'handed-over', sealTo: null })
    const next = { ...waiting, sealingKey: { ...key, keyId: OTHER_ID } }
    expect(decideHandover({ migration: next, ...held, answeredKeyIds: answered }).sealTo?.keyId).toBe(OTHER_ID)
  })
  it('is ready while no worker has come', () => {
    expect(decideHandover({ migration: { state: 'queued', sealingKey: null }, ...held, answeredKeyIds: none }).handover).toBe('ready')
  })
  it('never seals in any state but awaiting-credentials, and never after the end', () => {
    for (const state of migrationStates) {
      const step = decideHandover({ migration: { state, sealingKey: key }, ...held, answeredKeyIds: none })
      expect(step.sealTo === null).toBe(state !== 'awaiting-credentials')
      if (state === 'cancelling' || isTerminal(state)) expect(step.handover).toBe('not-needed')
    }
  })
})
