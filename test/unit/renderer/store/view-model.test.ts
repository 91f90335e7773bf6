import { describe, expect, it } from 'vitest'
import { emptyWizard } from '../../../../src/renderer/features/wizard/wizard-state.ts'
import { askCancel, followSnapshot, initialView, openMigration, wizardUse } from '../../../../src/renderer/store/view-model.ts'
import { current, snapshot, uuid } from '../fixtures.ts'

const running = snapshot({ current: current({ id: uuid(99) }) })

describe('what the window shows', () => {
  it('S15: keeps the tray’s question when it arrives before the first snapshot', () => {
    const view = followSnapshot(askCancel(initialView, uuid(99)), running)
    expect(view).toMatchObject({ place: 'migration', migrationId: uuid(99), isCancelAsked: true })
  })

  it('B6: stays in the history while the live migration ticks, and leaves it for one that begins', () => {
    const view = { ...followSnapshot(initialView, running), place: 'history' as const }
    const ticked = snapshot({ revision: 2, current: current({ id: uuid(99), revision: 2 }) })
    expect(followSnapshot(view, ticked).place).toBe('history')
    const begun = snapshot({ revision: 3, current: current({ id: uuid(100) }) })
    expect(followSnapshot(view, begun).place).toBe('migration')
  })

  it('B7: forgets at sign-out that a secret could not be remembered', () => {
    const view = { ...initialView, rememberProblem: { code: 'keychain-locked' as const } }
    expect(followSnapshot(view, running).rememberProblem).not.toBeNull()
    const signedOut = snapshot({ session: { kind: 'signed-out', problem: null } })
    expect(followSnapshot(view, signedOut).rememberProblem).toBeNull()
  })

  it('B13: goes to the migration of a link from any place, also when the link comes before the first snapshot', () => {
    const reading = { ...followSnapshot(initialView, running), place: 'settings' as const }
    expect(openMigration(reading, uuid(99)).place).toBe('migration')
    expect(followSnapshot(openMigration(initialView, uuid(99)), running)).toMatchObject({ place: 'migration', migrationId: uuid(99) })
  })

  it('drops the question when another migration turns out to be the current one', () => {
    expect(followSnapshot(askCancel(initialView, uuid(1)), running).isCancelAsked).toBe(false)
    expect(askCancel(followSnapshot(initialView, running), uuid(1)).isCancelAsked).toBe(false)
  })

  it('B13: the wizard is filled in once something is entered, and put aside while another place is shown', () => {
    const begun = [
      { ...emptyWizard, providerId: 'custom' },
      { ...emptyWizard, source: { ...emptyWizard.source, bucket: 'b' } },
      { ...emptyWizard, step: 'review' as const },
    ]
    expect(wizardUse('wizard', emptyWizard)).toBe('empty')
    expect(begun.map((wizard) => wizardUse('wizard', wizard))).toEqual(begun.map(() => 'filled-in'))
    expect(begun.map((wizard) => wizardUse('settings', wizard))).toEqual(begun.map(() => 'put-aside'))
  })
})
