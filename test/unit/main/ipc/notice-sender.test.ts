import type { WebContents } from 'electron'
import { describe, expect, it } from 'vitest'
import { createNoticeSender } from '../../../../src/main/ipc/notice-sender.ts'
import { createAppState } from '../../../../src/main/snapshot/app-state.ts'
import { MIGRATION_ID } from '../fakes/views.ts'

function setUp() {
  const sent: unknown[] = []
  const contents = { send: (...args: unknown[]) => sent.push(args) } as unknown as WebContents
  return { sent, notices: createNoticeSender(() => contents) }
}

describe('notices', () => {
  it('S15: keeps the tray’s cancel until the new window listens', () => {
    const { sent, notices } = setUp()
    notices.sendWhenReady('cancelAsked', { migrationId: MIGRATION_ID })
    expect(sent).toEqual([])
    notices.pageReady()
    expect(sent).toEqual([['notice:cancelAsked', { migrationId: MIGRATION_ID }]])
    notices.pageReady()
    expect(sent).toHaveLength(1)
  })

  it('keeps it while the page reloads or has crashed, and sends it to the page that comes', () => {
    const { sent, notices } = setUp()
    notices.pageReady()
    notices.pageGone()
    notices.sendWhenReady('cancelAsked', { migrationId: MIGRATION_ID })
    notices.pageGone()
    expect(sent).toEqual([])
    notices.pageReady()
    expect(sent).toHaveLength(1)
  })

  it('forgets it when the person closes the window before it listened', () => {
    const { sent, notices } = setUp()
    notices.sendWhenReady('cancelAsked', { migrationId: MIGRATION_ID })
    notices.windowClosed()
    notices.pageReady()
    expect(sent).toEqual([])
  })

  it('speaks to no page that is not there yet or no more: it will ask for its snapshot', () => {
    const { sent, notices } = setUp()
    const snapshot = createAppState().snapshot()
    notices.send('snapshotChanged', snapshot)
    notices.pageReady()
    notices.send('snapshotChanged', snapshot)
    notices.pageGone()
    notices.send('snapshotChanged', snapshot)
    expect(sent).toHaveLength(1)
  })

  it('throws on what is not in the table', () => {
    const { notices } = setUp()
    expect(() => notices.send('cancelAsked', { migrationId: 'no id' })).toThrow()
  })
})
