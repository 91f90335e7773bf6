import { describe, expect, it } from 'vitest'
import { decideNotification } from '../../../../src/main/notifications/notification-rules.ts'
import { current, MIGRATION_ID, OTHER_ID } from '../fakes/views.ts'

const away = { isWatched: false, notifiedMigrationId: null, isCancelledHere: false }
const running = { current: current() }
const ended = (state: 'completed' | 'failed' | 'cancelled') => ({ current: current({ state }) })

describe('notification rules', () => {
  it.each(['completed', 'failed'] as const)('S14: tells once that a migration has %s', (state) => {
    expect(decideNotification(running, ended(state), away)).toEqual({ kind: state, isEnd: true })
    expect(decideNotification(ended(state), ended(state), away)).toEqual({ kind: null, isEnd: false })
  })

  it('is silent while the person watches it, and does not make up for it later', () => {
    const decision = decideNotification(running, ended('completed'), { ...away, isWatched: true })
    expect(decision).toEqual({ kind: null, isEnd: true })
  })

  it('is silent about a cancellation the person asked for here', () => {
    expect(decideNotification(running, ended('cancelled'), { ...away, isCancelledHere: true }).kind).toBeNull()
    expect(decideNotification(running, ended('cancelled'), away).kind).toBe('cancelled')
  })

  it('never tells an end twice, across restarts', () => {
    expect(decideNotification(running, ended('completed'), { ...away, notifiedMigrationId: MIGRATION_ID }).kind).toBeNull()
    expect(decideNotification(running, ended('completed'), { ...away, notifiedMigrationId: OTHER_ID }).kind).toBe('completed')
  })

  it('is silent about a migration that had ended before it was opened', () => {
    expect(decideNotification({ current: null }, ended('completed'), away).kind).toBeNull()
    const another = { current: current({ id: OTHER_ID }) }
    expect(decideNotification(another, ended('completed'), away).kind).toBeNull()
  })

  it('B8: asks once for the secret that a new worker needs', () => {
    const needed = { current: current({ state: 'awaiting-credentials' }, { handover: 'secret-needed' }) }
    expect(decideNotification(running, needed, away)).toEqual({ kind: 'secret-needed', isEnd: false })
    expect(decideNotification(needed, needed, away).kind).toBeNull()
  })

  it('is silent about mere progress', () => {
    expect(decideNotification(running, { current: current({ revision: 2 }) }, away)).toEqual({ kind: null, isEnd: false })
  })
})
