import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Waiting } from '#shared/contract/schemas.ts'
import { attemptPolicy } from '../../../../../server/worker/attempts/attempts-rules.ts'
import { createVisibleWait } from '../../../../../server/worker/attempts/wait-visibly.ts'
import type { CopyRun } from '../../../../../server/worker/copy-run.ts'
import { createStopSwitch } from '../../../../../server/worker/stop-switch.ts'

const gone = { code: 'unreachable', side: 'source', permanent: false, exitCode: 1, message: 'connection refused' } as const

beforeEach(() => void vi.useFakeTimers({ now: new Date('2026-01-02T03:04:05.000Z') }))
afterEach(() => void vi.useRealTimers())

function waiting() {
  const lines: string[] = []
  const shown: (Waiting | null)[] = []
  const stopSwitch = createStopSwitch()
  const run = {
    activity: { add: (_level: string, text: string) => void lines.push(text) },
    progress: { setWaiting: (waiting: Waiting | null) => void shown.push(waiting) },
    stopSwitch,
  } as unknown as CopyRun
  return { wait: createVisibleWait(run, attemptPolicy), lines, shown, stopSwitch }
}

test('S18: a wait says for whom, why and until when, and when it is over', async () => {
  const { wait, lines, shown } = waiting()
  const over = wait.until(20_000, gone)
  expect(shown).toEqual([{ side: 'source', code: 'unreachable', nextTryAt: '2026-01-02T03:04:25.000Z' }])
  await vi.advanceTimersByTimeAsync(20_000)
  await over
  wait.end(true)

  expect(shown.at(-1)).toBeNull()
  expect(lines).toEqual([
    'connection refused',
    'source not reachable, retrying; next try in 20 s',
    'source answers again; the copy goes on',
  ])
})

test('S18: hours of the same wait are told once', async () => {
  const { wait, lines, shown } = waiting()
  for (let times = 0; times < 300; times += 1) {
    const over = wait.until(60_000, { ...gone, code: 'throttled' })
    await vi.advanceTimersByTimeAsync(60_000)
    await over
  }
  wait.end(false)

  expect(shown).toHaveLength(301)
  expect(lines).toEqual([
    'connection refused',
    'source asks to slow down, retrying; next try in 60 s, then every 60 s for up to 6 hours',
  ])
})

test('S15: a stop ends a wait at once', async () => {
  const { wait, stopSwitch } = waiting()
  const over = wait.until(60_000, gone)
  stopSwitch.stop('cancelled')
  await over
  expect(Date.now()).toBe(Date.parse('2026-01-02T03:04:05.000Z'))
})

test('nothing is said where nothing was waited for', () => {
  const { wait, lines, shown } = waiting()
  wait.end(true)
  expect([lines, shown]).toEqual([[], []])
})
