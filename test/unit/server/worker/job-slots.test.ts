import { expect, test } from 'vitest'
import { createJobSlots } from '../../../../server/worker/job-slots.ts'

const never = new AbortController().signal

test('jobs beyond the limit wait for their turn, in order', async () => {
  const slots = createJobSlots(1)
  const order: string[] = []
  const first = await slots.take(never)
  expect(slots.hasFree()).toBe(false)
  const second = slots.take(never).then((giveBack) => (order.push('second'), giveBack))
  const third = slots.take(never).then((giveBack) => (order.push('third'), giveBack))
  first?.()
  ;(await second)?.()
  ;(await third)?.()
  expect(order).toEqual(['second', 'third'])
  expect(slots.inUse()).toBe(0)
})

test('S15: a job that is stopped leaves the queue, and keeps nobody from their turn', async () => {
  const slots = createJobSlots(1)
  const first = await slots.take(never)
  const stop = new AbortController()
  const stopped = slots.take(stop.signal)
  const waiting = slots.take(never)
  stop.abort()
  expect(await stopped).toBeNull()
  first?.()
  expect(await waiting).not.toBeNull()
})

test('S15: a stop in the moment of the turn passes the turn on', async () => {
  const slots = createJobSlots(1)
  const first = await slots.take(never)
  const stop = new AbortController()
  const stopped = slots.take(stop.signal)
  const waiting = slots.take(never)
  first?.()
  stop.abort()
  expect(await stopped).toBeNull()
  expect(await waiting).not.toBeNull()
})
