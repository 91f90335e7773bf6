import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { MigrationView } from '#shared/contract/schemas.ts'
import { createEndTeller } from '../../../../src/main/notifications/end-teller.ts'
import { migration, MIGRATION_ID, OTHER_ID } from '../fakes/views.ts'

/** A person at a computer: what is on the disk outlives the app, everything else ends with it. */
function setUp() {
  let awaited: readonly string[] = []
  const desk = { isInFront: false, isOpen: false, isPageAlive: true, hasNotifications: true }
  const world = new Map<string, MigrationView['state']>()
  const notified: string[] = []
  const toldByWindow: string[] = []
  let news: readonly MigrationView[] = []
  const startTeller = () =>
    createEndTeller({
      awaitedIds: () => awaited,
      setAwaitedIds: (ids) => void (awaited = ids),
      isWindowInFront: () => desk.isInFront,
      isCancelledHere: () => false,
      notify: ({ migration: { id } }) => {
        if (desk.hasNotifications) notified.push(id)
        return desk.hasNotifications
      },
      setEndNews: (migrations) => void (news = migrations),
    })
  let teller = startTeller()
  const app = {
    /** A snapshot comes: of each migration that there is, as the account's app would look for them on return. */
    look: () => {
      for (const [id, state] of world) teller.saw({ migration: migration({ id, state }), isMissed: false })
    },
    focus: () => void (desk.isInFront = desk.isOpen = true),
    leave: () => {
      desk.isInFront = false
      teller.windowLeft()
    },
    close: () => {
      desk.isInFront = desk.isOpen = false
      teller.windowClosed()
    },
    /** The page draws its news, unless it has crashed. */
    page: () => {
      for (const { id } of desk.isPageAlive && desk.isOpen ? news : []) {
        if (awaited.includes(id)) toldByWindow.push(id)
        teller.shownInWindow(id)
      }
    },
    dismiss: () => {
      app.page()
      for (const { id } of [...news]) if (desk.isPageAlive && desk.isOpen) teller.putAway(id)
    },
    crash: () => void (desk.isPageAlive = false),
    reload: () => void (desk.isPageAlive = true),
    restart: () => {
      desk.isInFront = desk.isOpen = false
      desk.isPageAlive = true
      news = []
      teller = startTeller()
    },
    mute: () => void (desk.hasNotifications = false),
    unmute: () => void (desk.hasNotifications = true),
    /** The system took it first. */
    drop: (id: string) => {
      notified.splice(notified.indexOf(id), 1)
      teller.wasNotShown({ migration: migration({ id, state: 'completed' }), isMissed: false })
    },
    signOut: () => teller.signedOut(),
  }
  const told = (id: string) => [...notified, ...toldByWindow].filter((one) => one === id).length
  return { app, world, notified, toldByWindow, told, news: () => news, desk }
}

const steps = ['look', 'focus', 'leave', 'close', 'page', 'dismiss', 'crash', 'reload', 'restart', 'mute', 'unmute', 'signOut'] as const

describe('S14: the end of a migration is told', () => {
  it('exactly once, whatever the person and the app do in between', () => {
    const step = fc.constantFrom(...steps, 'end' as const, 'other' as const)
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (sequence) => {
        const { app, world, told } = setUp()
        world.set(MIGRATION_ID, 'running')
        app.look()
        for (const one of sequence) {
          if (one === 'end') for (const id of world.keys()) world.set(id, 'completed')
          else if (one === 'other') {
            // Seen live as well, if the app looks before it ends.
            if (!world.has(OTHER_ID)) world.set(OTHER_ID, 'running')
          } else app[one]()
          expect(Math.max(told(MIGRATION_ID), told(OTHER_ID))).toBeLessThanOrEqual(1)
        }
        for (const id of world.keys()) world.set(id, 'completed')
        // At the latest when the app starts at login, into the tray.
        app.restart()
        app.unmute()
        app.look()
        expect(told(MIGRATION_ID)).toBe(1)
        expect(told(OTHER_ID)).toBeLessThanOrEqual(1)
      }),
      { numRuns: 2_000 },
    )
  })

  it('by the system when the window was left before its page could tell it', () => {
    const { app, world, notified, toldByWindow, news } = setUp()
    world.set(MIGRATION_ID, 'running')
    app.look()
    app.focus()
    app.crash()
    world.set(MIGRATION_ID, 'failed')
    app.look()
    app.page()
    expect([notified, news().length]).toEqual([[], 1])
    app.leave()
    expect([notified, toldByWindow, news()]).toEqual([[MIGRATION_ID], [], []])
  })

  it('by the window alone when it has said so, until it is put away', () => {
    const { app, world, notified, news } = setUp()
    world.set(MIGRATION_ID, 'running')
    app.look()
    app.focus()
    world.set(MIGRATION_ID, 'completed')
    app.look()
    app.page()
    app.leave()
    expect([notified, news().length]).toEqual([[], 1])
    app.dismiss()
    app.restart()
    app.look()
    expect([notified, news()]).toEqual([[], []])
  })

  it('by the next window where the system shows no notifications, however long that takes', () => {
    const { app, world, notified, toldByWindow, news } = setUp()
    world.set(MIGRATION_ID, 'running')
    app.mute()
    app.look()
    world.set(MIGRATION_ID, 'completed')
    app.look()
    app.restart()
    app.look()
    app.close()
    app.look()
    expect([toldByWindow, news().length]).toEqual([[], 1])
    app.focus()
    app.page()
    app.close()
    app.look()
    expect([notified, toldByWindow, news()]).toEqual([[], [MIGRATION_ID], []])
  })

  it('by the next window when the system failed to show it', () => {
    const { app, world, notified, toldByWindow } = setUp()
    world.set(MIGRATION_ID, 'running')
    app.look()
    world.set(MIGRATION_ID, 'completed')
    app.look()
    app.drop(MIGRATION_ID)
    app.look()
    app.focus()
    app.page()
    app.leave()
    expect([notified, toldByWindow]).toEqual([[], [MIGRATION_ID]])
  })

  it('not at all when it had come before this app ever saw it live', () => {
    const { app, world, told } = setUp()
    world.set(MIGRATION_ID, 'completed')
    app.look()
    expect(told(MIGRATION_ID)).toBe(0)
  })
})
