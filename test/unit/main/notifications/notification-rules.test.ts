import { describe, expect, it } from 'vitest'
import { migrationStates } from '#shared/domain/migration-state.ts'
import { notificationWords } from '../../../../src/main/copy/app-words.ts'
import { decideEnd, isSecretNewlyNeeded } from '../../../../src/main/notifications/notification-rules.ts'
import { current, OTHER_ID } from '../fakes/views.ts'

const away = { isAwaited: true, isWindowInFront: false, isCancelledHere: false }
const ends = ['completed', 'completed-with-exceptions', 'failed', 'cancelled'] as const

describe('the end of a migration', () => {
  it.each(ends)('S14: is told by the system when the window is away, by the window when it is in front: %s', (state) => {
    expect(decideEnd({ state }, away)).toBe('notify')
    expect(decideEnd({ state }, { ...away, isWindowInFront: true })).toBe('ask-window')
  })

  it('is no news when it was told, or had come before this app ever saw it live', () => {
    for (const state of ends) expect(decideEnd({ state }, { ...away, isAwaited: false })).toBe('nothing')
  })

  it('is awaited from the first sight of a live migration', () => {
    for (const state of migrationStates.filter((one) => !ends.some((end) => end === one))) {
      expect(decideEnd({ state }, { ...away, isAwaited: false })).toBe('await')
      expect(decideEnd({ state }, away)).toBe('nothing')
    }
  })

  it('is silent about a cancellation the person asked for here', () => {
    expect(decideEnd({ state: 'cancelled' }, { ...away, isCancelledHere: true })).toBe('settle')
    expect(decideEnd({ state: 'failed' }, { ...away, isCancelledHere: true })).toBe('notify')
  })
})

it('B8: asks once for the secret that a new worker needs, also when that is so from the start', () => {
  const needed = current({ state: 'awaiting-credentials' }, { handover: 'secret-needed' })
  expect(isSecretNewlyNeeded(current(), needed)).toBe(true)
  expect(isSecretNewlyNeeded(null, needed)).toBe(true)
  expect(isSecretNewlyNeeded(current({ id: OTHER_ID }, { handover: 'secret-needed' }), needed)).toBe(true)
  expect(isSecretNewlyNeeded(needed, needed)).toBe(false)
  expect(isSecretNewlyNeeded(needed, current())).toBe(false)
})

describe('words of a notification', () => {
  const facts = { bucket: 'photos', destination: 'My Storage', copied: '3.40 GB in 120 files', exceptions: { notCopied: 0, changed: 0 }, missedAt: null }

  it.each([
    [{ notCopied: 3, changed: 1 }, 'Migration finished, 3 files not copied'],
    [{ notCopied: 1, changed: 0 }, 'Migration finished, 1 file not copied'],
    [{ notCopied: 0, changed: 2 }, 'Migration finished, 2 files changed meanwhile'],
  ])('B3: %o is told in the title', (exceptions, title) => {
    expect(notificationWords('completed-with-exceptions', { ...facts, exceptions })).toEqual({
      title,
      body: 'The rest of photos is now in My Storage: 3.40 GB in 120 files. Open the app to see which files and why.',
    })
  })

  it('S14: say when it ended if nobody was here then', () => {
    expect(notificationWords('completed', { ...facts, missedAt: 'yesterday at 14:02' })).toEqual({
      title: 'Migration complete',
      body: 'Finished while you were away, yesterday at 14:02. photos is now in My Storage: 3.40 GB in 120 files.',
    })
  })
})
