import { expect, test } from 'vitest'
import { createCopiedKeys } from '../../../../../server/worker/accounting/copied-keys.ts'
import type { ListedObject } from '../../../../../server/worker/inventory/object-listing.ts'
import { createObjectFailures } from '../../../../../server/worker/object-failures.ts'
import { type CopyMemory, reasonOfWhole, recallObject } from '../../../../../server/worker/verify/copy-memory.ts'

const object = (lastModifiedMs: number): ListedObject => ({
  key: 'to/k',
  size: 1,
  etag: '',
  lastModifiedMs,
  storageClass: 'STANDARD',
  isArchived: false,
})
const clock = (offsetMs: number) => ({ offsetMs: () => offsetMs })
const memory = (change: Partial<CopyMemory> = {}): CopyMemory => ({
  existing: 'replace-different',
  migrationStartedAtMs: 10_500,
  secondCopy: null,
  clocks: { source: clock(0), destination: clock(0) },
  copiedKeys: createCopiedKeys(),
  failures: createObjectFailures(),
  wholeFailure: null,
  ...change,
})
const recall = (facts: CopyMemory, sourceMs: number, destinationMs: number | null) =>
  recallObject(
    facts,
    { source: object(sourceMs), destination: destinationMs === null ? null : object(destinationMs) },
    'from/k',
  )

test('B3: ours is what this worker saw arrive, or what was written since the migration began', () => {
  expect(recall(memory(), 0, 9_999).isOurs).toBe(false)
  // Stores tell whole seconds.
  expect(recall(memory(), 0, 10_000).isOurs).toBe(true)
  expect(recall(memory(), 0, null).isOurs).toBe(false)
  const copiedKeys = createCopiedKeys()
  copiedKeys.add('from/k')
  expect(recall(memory({ copiedKeys }), 0, 1_000).isOurs).toBe(true)
})

test('B3: each store’s dates are read by its own clock', () => {
  const clocks = { source: clock(-60_000), destination: clock(60_000) }
  expect(recall(memory({ clocks }), 0, 69_999)).toMatchObject({ isOurs: false, isWrittenSince: true })
  expect(recall(memory({ clocks }), -50_001, 70_000)).toMatchObject({ isOurs: true, isWrittenSince: false })
  expect(recall(memory(), 9_999, null).isWrittenSince).toBe(false)
  expect(recall(memory(), 10_000, null).isWrittenSince).toBe(true)
})

test('B3: a second copy makes good only what it has really copied', () => {
  const copiedKeys = createCopiedKeys()
  const facts = memory({ secondCopy: { startedAtMs: 20_500, copiedKeys } })
  expect(recall(facts, 15_000, 25_000).isWrittenSince).toBe(true)
  copiedKeys.add('from/k')
  expect(recall(facts, 15_000, 25_000).isWrittenSince).toBe(false)
  expect(recall(facts, 20_000, 25_000).isWrittenSince).toBe(true)
})

test('B3: why an object failed is recalled by its source key', () => {
  const failures = createObjectFailures()
  expect(recall(memory({ failures }), 0, null).failure).toBeNull()
  failures.note('from/k', { reason: 'access-denied', detail: 'words' })
  expect(recall(memory({ failures }), 0, null).failure).toEqual({ reason: 'access-denied', detail: 'words' })
})

test('B3: of more failures than are kept, one that is not kept is still no mystery', () => {
  const failures = createObjectFailures(1)
  for (const key of ['one', 'two']) failures.note(key, { reason: 'throttled', detail: '' })
  const facts = recall(memory({ failures }), 0, null)
  expect(facts).toMatchObject({ failure: null, presumedFailure: { reason: 'unknown', detail: '' } })
})

test.each([
  ['quota-exceeded', 'quota-exceeded'],
  ['invalid-access-key', 'copy-failed'],
] as const)('B3: a copy that ended early for %s explains the rest as %s', (code, reason) => {
  const wholeFailure = reasonOfWhole({ code, side: 'destination', message: 'words', exitCode: 1 })
  expect(recall(memory({ wholeFailure }), 0, null).presumedFailure).toEqual({ reason, detail: 'words' })
})
