import { expect, test } from 'vitest'
import { createMendableCollector } from '../../../../../server/worker/accounting/mendable-objects.ts'

test('B4: rclone is told by paths what is its to copy; what is the worker’s own is kept apart', () => {
  const mendable = createMendableCollector('to/')
  mendable.add({ destinationKey: 'to/a', isStale: false, isForRclone: true })
  mendable.add({ destinationKey: 'to/b', isStale: true, isForRclone: true })
  mendable.add({ destinationKey: 'to//c', isStale: true, isForRclone: false })
  mendable.add({ destinationKey: 'to//d', isStale: false, isForRclone: false })
  expect(mendable).toMatchObject({ objects: 4, paths: ['a', 'b'], stalePaths: ['b'], isComplete: true })
  expect([...mendable.staleStragglers]).toEqual(['to//c'])
})

test('B4: beyond the limit the list is known to be incomplete, and stale ones have room of their own', () => {
  const mendable = createMendableCollector('', 2)
  for (const key of ['a', 'b', 'c']) mendable.add({ destinationKey: key, isStale: key === 'c', isForRclone: true })
  expect(mendable).toMatchObject({ objects: 3, paths: ['a', 'b'], stalePaths: ['c'], isComplete: false })
})
