import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  isTerminal,
  liveMigrationStates,
  migrationEvents,
  migrationStates,
  nextMigrationState,
  statesAllowing,
} from '#shared/domain/migration-state.ts'

describe('migration states', () => {
  it('walks the happy path from queued to completed', () => {
    const path = (['claimed', 'credentials-received', 'copied', 'verified'] as const).reduce<string[]>(
      (states, event) => [...states, nextMigrationState(states.at(-1) as 'queued', event) ?? 'refused'],
      ['queued'],
    )
    expect(path).toEqual(['queued', 'awaiting-credentials', 'running', 'verifying', 'completed'])
  })

  it('S15: can be cancelled from every live state, at once while nobody works on it', () => {
    expect(nextMigrationState('queued', 'cancel-requested')).toBe('cancelled')
    for (const state of liveMigrationStates) {
      if (state === 'queued' || state === 'cancelling') continue
      expect(nextMigrationState(state, 'cancel-requested')).toBe('cancelling')
    }
    expect(nextMigrationState('cancelling', 'stopped')).toBe('cancelled')
  })

  it('B3: goes back to copying what the comparison missed, and on from there', () => {
    expect(nextMigrationState('verifying', 'copy-again')).toBe('running')
    expect(statesAllowing('copy-again')).toEqual(['verifying'])
  })

  it('B3: ends apart from a plain success when objects did not make it', () => {
    expect(nextMigrationState('verifying', 'verified')).toBe('completed')
    expect(nextMigrationState('verifying', 'verified-with-exceptions')).toBe('completed-with-exceptions')
    expect(statesAllowing('verified-with-exceptions')).toEqual(['verifying'])
  })

  it('B8: a migration that lost its worker asks for the secret again', () => {
    for (const state of ['awaiting-credentials', 'running', 'paused', 'verifying'] as const) {
      expect(nextMigrationState(state, 'reclaimed')).toBe('awaiting-credentials')
    }
  })

  it('never leaves a terminal state and always has a way to one (property)', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...migrationEvents), { maxLength: 40 }), (events) => {
        let state: (typeof migrationStates)[number] = 'queued'
        for (const event of events) {
          const next = nextMigrationState(state, event)
          if (isTerminal(state)) expect(next).toBeNull()
          state = next ?? state
        }
        if (isTerminal(state)) return
        const stopped = nextMigrationState(state, state === 'cancelling' ? 'stopped' : 'cancel-requested')
        expect(stopped).not.toBeNull()
      }),
    )
  })

  it('lists for SQL exactly the states the table allows', () => {
    for (const event of migrationEvents) {
      for (const state of migrationStates) {
        expect(statesAllowing(event).includes(state)).toBe(nextMigrationState(state, event) !== null)
      }
    }
  })

  it('S7: counts exactly the non-terminal states as live', () => {
    expect(migrationStates.filter((state) => !liveMigrationStates.includes(state))).toEqual([
      'completed',
      'completed-with-exceptions',
      'failed',
      'cancelled',
    ])
  })
})
