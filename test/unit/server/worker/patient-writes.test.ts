import { expect, test, vi } from 'vitest'
import { writePatiently } from '../../../../server/worker/patient-writes.ts'
import { createStopSwitch } from '../../../../server/worker/stop-switch.ts'

const onError = (): void => undefined

test('B8: a write waits for a database that comes back', async () => {
  const write = vi.fn().mockRejectedValueOnce(new Error('down')).mockResolvedValue(true)
  expect(await writePatiently(write, { stopSwitch: createStopSwitch(), patienceMs: 60_000, onError })).toBe(true)
  expect(write).toHaveBeenCalledTimes(2)
})

test('B8: it gives up with the lease, and after its patience with the error', async () => {
  const down = () => Promise.reject(new Error('down'))
  const stopSwitch = createStopSwitch()
  stopSwitch.stop('lease-lost')
  expect(await writePatiently(down, { stopSwitch, patienceMs: 60_000, onError })).toBe(false)
  await expect(writePatiently(down, { stopSwitch: createStopSwitch(), patienceMs: 0, onError })).rejects.toThrow('down')
})
