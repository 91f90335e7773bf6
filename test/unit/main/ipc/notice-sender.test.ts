import type { WebContents } from 'electron'
import { describe, expect, it } from 'vitest'
import { createNoticeSender } from '../../../../src/main/ipc/notice-sender.ts'
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

  it('forgets it when the window goes before it listened', () => {
    const { sent, notices } = setUp()
    notices.sendWhenReady('cancelAsked', { migrationId: MIGRATION_ID })
    notices.pageGone()
    notices.pageReady()
    expect(sent).toEqual([])
  })

  it('throws on what is not in the table', () => {
    const { notices } = setUp()
    expect(() => notices.send('cancelAsked', { migrationId: 'no id' })).toThrow()
  })
})
