import { migrationStates } from '#shared/domain/migration-state.ts'
import { emptyProgress } from '#shared/domain/progress-model.ts'
import { describe, expect, it } from 'vitest'
import { windowTitle } from '../../../../src/renderer/copy/app.ts'
import { closingTexts, phaseLabels, progressAnnouncement } from '../../../../src/renderer/copy/migration.ts'
import {
  elapsedMs,
  isLivePhase,
  livePercent,
  migrationPhase,
  progressNumbers,
} from '../../../../src/renderer/presenters/migration-presenter.ts'
import { current, migration, snapshot } from '../fixtures.ts'

const silent = (side: 'source' | 'destination') => ({
  side,
  code: 'unreachable' as const,
  nextTryAt: '2026-11-22T12:00:20Z',
})

describe('phase', () => {
  it.each([
    [current({ state: 'queued' }), 'waiting-for-worker'],
    [current({ state: 'awaiting-credentials' }, { handover: 'ready' }), 'handing-over'],
    [current({ state: 'awaiting-credentials' }, { handover: 'secret-needed' }), 'secret-needed'],
    [current({ progress: emptyProgress }), 'sizing'],
    [current(), 'copying'],
    [current({}, { isCancelRequested: true }), 'cancelling'],
    [current({ state: 'completed' }, { isCancelRequested: true }), 'completed'],
    [current({ state: 'completed-with-exceptions' }), 'completed-with-exceptions'],
    [current({ waiting: silent('source') }), 'waiting-for-source'],
    [current({ state: 'verifying', waiting: silent('destination') }), 'waiting-for-destination'],
    [current({ waiting: silent('source') }, { isCancelRequested: true }), 'cancelling'],
    [current({ state: 'verifying' }), 'verifying'],
  ])('reads as the screen says it', (shown, phase) => expect(migrationPhase(shown)).toBe(phase))

  it('S12: has the fixed words while sizing', () => expect(phaseLabels.sizing).toBe('Calculating total size…'))

  it('S14: promises only what holds: the app is needed until a worker has the secret', () => {
    expect(closingTexts['copying']).toBe('You can close this window. Carolina Cloud keeps copying.')
    expect(closingTexts['waiting-for-worker']).toContain('let the app run')
    expect(closingTexts['secret-needed']).not.toContain('keeps copying')
  })

  it('has an announcement for every state', () => {
    for (const state of migrationStates) expect(progressAnnouncement({ phase: migrationPhase(current({ state })), percent: null })).not.toBe('')
  })
})

describe('numbers', () => {
  it('S12: data and files of their totals', () => {
    expect(progressNumbers(migration().progress)).toBe('1.21 of 3.40 TB · 12,430 of 51,002 files')
  })

  it('S12: without totals only what is there so far, and nothing before that', () => {
    expect(progressNumbers({ ...emptyProgress, copiedBytes: 1_210_000_000, copiedObjects: 430 })).toBe(
      '1.21 GB · 430 files so far',
    )
    expect(progressNumbers(emptyProgress)).toBeNull()
  })

  it('S12: elapsed counts from the first byte, stands still at the end and is never negative', () => {
    const noon = Date.parse('2026-11-22T12:00:00Z')
    expect(elapsedMs(migration(), noon + 5000)).toBe(5000)
    expect(elapsedMs(migration(), noon - 5000)).toBe(0)
    expect(elapsedMs(migration({ startedAt: null }), noon)).toBeNull()
    expect(elapsedMs(migration({ finishedAt: '2026-11-22T12:01:00Z' }), noon + 999_000)).toBe(60_000)
  })

  it('shows a live percent only while there is one', () => {
    expect(livePercent(current())).toBe(35)
    expect(livePercent(current({ progress: emptyProgress }))).toBeNull()
    expect(livePercent(current({ state: 'failed' }))).toBeNull()
    expect(livePercent(current({ state: 'completed-with-exceptions' }))).toBeNull()
    expect(isLivePhase('verifying')).toBe(true)
  })
})

describe('window title (B13)', () => {
  it('tells percent or outcome first, then what is shown', () => {
    const complete = snapshot({ current: current({ state: 'completed' }) })
    expect(windowTitle(snapshot({ current: current() }), 'migration')).toBe('35% · field-recordings · Carolina Migrate')
    expect(windowTitle(snapshot({ current: current() }), 'settings')).toBe('35% · Settings · Carolina Migrate')
    expect(windowTitle(complete, 'migration')).toBe('Migration complete · field-recordings · Carolina Migrate')
    expect(windowTitle(complete, 'history')).toBe('History · Carolina Migrate')
    expect(windowTitle(snapshot(), 'wizard')).toBe('New migration · Carolina Migrate')
  })

  it('tells the wizard where there is no migration to show', () => {
    expect(windowTitle(snapshot(), 'migration')).toBe('New migration · Carolina Migrate')
  })

  it('has a word for what comes before the screens', () => {
    expect(windowTitle(null, 'wizard')).toBe('Carolina Migrate')
    expect(windowTitle(snapshot({ session: { kind: 'restoring', isKeychainAsked: false } }), 'wizard')).toBe('Carolina Migrate')
    const signedOut = snapshot({ session: { kind: 'signed-out', problem: null } })
    expect(windowTitle(signedOut, 'wizard')).toBe('Sign in · Carolina Migrate')
  })
})
