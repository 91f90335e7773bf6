import { describe, expect, it } from 'vitest'
import { askCancel, followSnapshot, initialView } from '../../../../src/renderer/store/view-model.ts'
import { current, snapshot, uuid } from '../fixtures.ts'

const running = snapshot({ current: current({ id: uuid(99) }) })

describe('what the window shows', () => {
  it('S15: keeps the tray’s question when it arrives before the first snapshot', () => {
    const view = followSnapshot(askCancel(initialView, uuid(99)), running)
    expect(view).toMatchObject({ place: 'migration', migrationId: uuid(99), isCancelAsked: true })
  })

  it('drops the question when another migration turns out to be the current one', () => {
    expect(followSnapshot(askCancel(initialView, uuid(1)), running).isCancelAsked).toBe(false)
    expect(askCancel(followSnapshot(initialView, running), uuid(1)).isCancelAsked).toBe(false)
  })
})
