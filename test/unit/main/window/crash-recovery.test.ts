import { describe, expect, it, vi } from 'vitest'
import { type CrashChoice, createCrashRecovery } from '../../../../src/main/window/crash-recovery.ts'

function setUp() {
  const told: string[] = []
  const clock = { now: 0 }
  const choices: ((choice: CrashChoice) => void)[] = []
  const recovery = createCrashRecovery({ now: () => clock.now })
  const page = {
    reload: () => told.push('reload'),
    close: () => told.push('close'),
    ask: () => {
      told.push('ask')
      return new Promise<CrashChoice>((resolve) => choices.push(resolve))
    },
  }
  return { told, clock, choices, crash: () => recovery.crashed(page) }
}

describe('a window that crashes', () => {
  it('comes back by itself three times in a minute, then asks', () => {
    const { told, clock, crash } = setUp()
    for (let i = 0; i < 4; i++) {
      crash()
      clock.now += 10_000
    }
    expect(told).toEqual(['reload', 'reload', 'reload', 'ask'])
  })

  it('comes back for ever when the crashes are far apart', () => {
    const { told, clock, crash } = setUp()
    for (let i = 0; i < 20; i++) {
      crash()
      clock.now += 20_000
    }
    expect(new Set(told)).toEqual(new Set(['reload']))
  })

  it('asks once, and the person’s reload counts anew', async () => {
    const { told, choices, crash } = setUp()
    for (let i = 0; i < 4; i++) crash()
    choices[0]?.('reload')
    await vi.waitFor(() => expect(told).toEqual(['reload', 'reload', 'reload', 'ask', 'reload']))
    crash()
    expect(told.at(-1)).toBe('reload')
  })

  it('closes when the person wants that', async () => {
    const { told, choices, crash } = setUp()
    for (let i = 0; i < 4; i++) crash()
    choices[0]?.('close')
    await vi.waitFor(() => expect(told.at(-1)).toBe('close'))
  })
})
