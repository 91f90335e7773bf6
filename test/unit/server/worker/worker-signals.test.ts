import { describe, expect, test, vi } from 'vitest'
import { createWorkerSignals } from '../../../../server/worker/worker-signals.ts'

const migrationId = '6f1f0a5e-3c7b-4a57-9f33-0d6f8a1b2c3d'
const keyId = '0a1f0a5e-3c7b-4a57-9f33-0d6f8a1b2c3d'
const sealed = { keyId, encapsulatedKey: 'A'.repeat(43), ciphertext: 'B'.repeat(40) }

describe('notifications', () => {
  test('reach the job they are for, until it unsubscribes', () => {
    const { signals, inlet } = createWorkerSignals()
    const [mine, others, work] = [vi.fn(), vi.fn(), vi.fn()]
    const forget = signals.onCancelRequested(migrationId, mine)
    signals.onCancelRequested(keyId, others)
    signals.onWork(work)
    inlet.cancelRequested(JSON.stringify({ migrationId }))
    expect(mine).toHaveBeenCalledTimes(1)
    expect(others).not.toHaveBeenCalled()
    // The job may be of a dead worker: somebody has to settle it.
    expect(work).toHaveBeenCalledTimes(1)
    forget()
    inlet.cancelRequested(JSON.stringify({ migrationId }))
    expect(mine).toHaveBeenCalledTimes(1)
  })

  test('B1: a sealed secret reaches the holder of its key only', () => {
    const { signals, inlet } = createWorkerSignals()
    const [holder, other] = [vi.fn(), vi.fn()]
    signals.onSealed(keyId, holder)
    signals.onSealed(migrationId, other)
    inlet.secretSealed(JSON.stringify({ migrationId, sealed }))
    expect(holder).toHaveBeenCalledWith(sealed)
    expect(other).not.toHaveBeenCalled()
  })

  test.each(['', 'no json', '{}', '{"migrationId":1}', JSON.stringify({ migrationId, sealed: { keyId } })])(
    'a payload that is none is passed over: %s',
    (payload) => {
      const { signals, inlet } = createWorkerSignals()
      const listener = vi.fn()
      signals.onSealed(keyId, listener)
      signals.onCancelRequested(migrationId, listener)
      inlet.secretSealed(payload)
      if (!payload.includes('sealed')) inlet.cancelRequested(payload)
      expect(listener).not.toHaveBeenCalled()
    },
  )
})
