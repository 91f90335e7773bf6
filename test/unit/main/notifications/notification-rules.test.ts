import { describe, expect, it } from 'vitest'
import type { MigrationView } from '#shared/contract/schemas.ts'
import { notificationWords } from '../../../../src/main/copy/app-words.ts'
import { decideNotification } from '../../../../src/main/notifications/notification-rules.ts'
import { current, MIGRATION_ID, OTHER_ID } from '../fakes/views.ts'

const away = { isWatched: false, notifiedMigrationId: null, isCancelledHere: false }
const running = { current: current() }
const ended = (state: MigrationView['state']) => ({ current: current({ state }) })

describe('notification rules', () => {
  it.each(['completed', 'completed-with-exceptions', 'failed'] as const)('S14: tells once that a migration has %s', (state) => {
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

describe('words of a notification', () => {
  const facts = { bucket: 'photos', destination: 'My Storage', copied: '3.40 GB in 120 files' }

  it.each([
    [{ notCopied: 3, changed: 1 }, 'Migration finished, 3 files not copied'],
    [{ notCopied: 1, changed: 0 }, 'Migration finished, 1 file not copied'],
    [{ notCopied: 0, changed: 2 }, 'Migration finished, 2 files changed meanwhile'],
  ])('B3: %o is told in the title', (exceptions, title) => {
    expect(notificationWords['completed-with-exceptions']({ ...facts, exceptions })).toEqual({
      title,
      body: 'The rest of photos is now in My Storage: 3.40 GB in 120 files. Open the app to see which files and why.',
    })
  })
})
