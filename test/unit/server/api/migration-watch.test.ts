import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { MigrationView } from '#shared/contract/schemas.ts'
import type { EventStream } from '../../../../server/api/event-stream.ts'
import { createMigrationWatch } from '../../../../server/api/migration-watch.ts'
import type { Caller, WatchedRevision } from '../../../../server/stores/ports.ts'
import { runningMigration } from '../../../support/running-migration.ts'

const TICK_MS = 1_000
const KEY_CHECK_MS = 30_000
const callerOf = (accountId: string, keyId: string): Caller => ({
  keyId,
  account: { id: accountId, email: 'a@example.com', organisation: null },
})
const member = callerOf('account', 'first key')
const another = callerOf('another', 'another key')
let rows: Map<string, MigrationView>
let queries: (readonly WatchedRevision[])[]
let isDown: boolean
let revoked: Set<string>
let keyQueries: (readonly string[])[]
let warnings: number

beforeEach(() => {
  vi.useFakeTimers()
  rows = new Map()
  queries = []
  isDown = false
  revoked = new Set()
  keyQueries = []
  warnings = 0
})
afterEach(() => vi.useRealTimers())

function createWatch() {
  const watch = createMigrationWatch({
    tickMs: TICK_MS,
    keyCheckMs: KEY_CHECK_MS,
    keys: {
      findStandingKeys: (keyIds) => {
        keyQueries.push(keyIds)
        if (isDown) return Promise.reject(new Error('down'))
        return Promise.resolve(new Set(keyIds.filter((id) => !revoked.has(id))))
      },
    },
    logger: { info: () => undefined, warn: () => void warnings++ },
    changes: {
      findNewer: (watched) => {
        queries.push(watched.map(({ id, revision }) => ({ id, revision })))
        if (isDown) return Promise.reject(new Error('down'))
        return Promise.resolve(
          watched.flatMap(({ id, revision }) =>
            [...rows.values()].filter((row) => row.id === id && row.revision > revision),
          ),
        )
      },
    },
  })
  watch.start()
  return watch
}

function createStream() {
  const offered: number[] = []
  let close = (): void => undefined
  let ended = 0
  const stream: EventStream = { offer: (migration) => void offered.push(migration.revision), end: () => void ended++ }
  return {
    offered,
    ended: () => ended,
    close: () => close(),
    open: (onClose: () => void) => {
      close = onClose
      return stream
    },
  }
}

describe('the watch over migrations', () => {
  test('asks one query per tick for all watched, with what it knows, and none for none', async () => {
    const watch = createWatch()
    await vi.advanceTimersByTimeAsync(3 * TICK_MS)
    expect(queries).toEqual([])
    const [a, b] = [runningMigration({ revision: 4 }), runningMigration({ revision: 9 })]
    for (const view of [a, b, a]) watch.add(member, view, createStream().open)
    await vi.advanceTimersByTimeAsync(2 * TICK_MS)
    const known = [
      { id: a.id, revision: 4 },
      { id: b.id, revision: 9 },
    ]
    expect(queries).toEqual([known, known])
    watch.stop()
  })

  test('a notification about a watched migration brings the query forward, a burst of them once', async () => {
    const watch = createWatch()
    const view = runningMigration()
    const stream = createStream()
    watch.add(member, view, stream.open)
    rows.set(view.id, { ...view, revision: 2 })
    watch.noteChange('another')
    for (let i = 0; i < 100; i++) watch.noteChange(view.id)
    await vi.advanceTimersByTimeAsync(100)
    expect(queries).toHaveLength(1)
    expect(stream.offered).toEqual([1, 2])
    watch.stop()
  })

  test('a stream that joins with an older reading gets the newest that is known', async () => {
    const watch = createWatch()
    const view = runningMigration()
    watch.add(member, view, createStream().open)
    rows.set(view.id, { ...view, revision: 5 })
    await vi.advanceTimersByTimeAsync(TICK_MS)
    const late = createStream()
    watch.add(member, { ...view, revision: 3 }, late.open)
    expect(late.offered).toEqual([5])
    watch.stop()
  })

  test('ten streams per account; closing makes room; nothing is watched when the last has gone', async () => {
    const watch = createWatch()
    const view = runningMigration()
    const streams = Array.from({ length: 11 }, createStream)
    expect(streams.map(({ open }) => watch.add(member, view, open) !== null)).toEqual([
      ...Array.from({ length: 10 }, () => true),
      false,
    ])
    expect(watch.add(another, view, createStream().open)).not.toBeNull()
    streams[0]!.close()
    expect(watch.add(member, view, createStream().open)).not.toBeNull()
    watch.stop()

    const other = createWatch()
    const only = createStream()
    other.add(member, view, only.open)
    only.close()
    queries = []
    await vi.advanceTimersByTimeAsync(2 * TICK_MS)
    expect(queries).toEqual([])
    other.stop()
  })

  test('B8: while the database is away it says so once, keeps the streams and catches up', async () => {
    const watch = createWatch()
    const view = runningMigration()
    const stream = createStream()
    watch.add(member, view, stream.open)
    isDown = true
    await vi.advanceTimersByTimeAsync(5 * TICK_MS)
    rows.set(view.id, { ...view, revision: 7, state: 'completed' })
    isDown = false
    await vi.advanceTimersByTimeAsync(TICK_MS)
    expect([warnings, stream.offered, stream.ended()]).toEqual([1, [1, 7], 0])
    watch.stop()
  })

  test('what has ended is not asked for any more', async () => {
    const watch = createWatch()
    watch.add(member, runningMigration({ state: 'failed' }), createStream().open)
    await vi.advanceTimersByTimeAsync(3 * TICK_MS)
    expect(queries).toEqual([])
    watch.stop()
  })

  test('a revoked key’s streams end with the next check, others’ do not; one query for all', async () => {
    const watch = createWatch()
    const second = callerOf('account', 'second key')
    const [kept, cut, alsoCut] = [createStream(), createStream(), createStream()]
    watch.add(member, runningMigration(), kept.open)
    for (const { open } of [cut, alsoCut]) watch.add(second, runningMigration({ state: 'failed' }), open)
    revoked.add('second key')
    await vi.advanceTimersByTimeAsync(KEY_CHECK_MS)
    expect([kept, cut, alsoCut].map((stream) => stream.ended())).toEqual([0, 1, 1])
    expect(keyQueries).toEqual([['first key', 'second key']])
    watch.stop()
  })

  test('B8: a key check that fails ends no stream, and the next one does', async () => {
    const watch = createWatch()
    const stream = createStream()
    watch.add(member, runningMigration(), stream.open)
    revoked.add('first key')
    isDown = true
    await vi.advanceTimersByTimeAsync(KEY_CHECK_MS)
    expect(stream.ended()).toBe(0)
    isDown = false
    await vi.advanceTimersByTimeAsync(KEY_CHECK_MS)
    expect(stream.ended()).toBe(1)
    watch.stop()
  })

  test('nothing is looked at after the stop, whatever is notified then', async () => {
    const watch = createWatch()
    const view = runningMigration()
    watch.add(member, view, createStream().open)
    watch.stop()
    watch.noteChange(view.id)
    watch.noteGap()
    await vi.advanceTimersByTimeAsync(KEY_CHECK_MS)
    expect([queries, keyQueries]).toEqual([[], []])
  })

  test('stop ends all streams', () => {
    const watch = createWatch()
    const streams = [createStream(), createStream()]
    for (const { open } of streams) watch.add(member, runningMigration(), open)
    watch.stop()
    expect(streams.map((stream) => stream.ended())).toEqual([1, 1])
    expect(vi.getTimerCount()).toBe(0)
  })
})
