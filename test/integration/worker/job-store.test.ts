import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, test } from 'vitest'
import { emptyProgress } from '#shared/domain/progress-model.ts'
import {
  type MigrationEvent,
  type MigrationState,
  isTerminal,
  migrationStates,
  nextMigrationState,
} from '#shared/domain/migration-state.ts'
import type { Database } from '../../../server/db/pool.ts'
import type { HeldJob } from '../../../server/stores/held-job.ts'
import { createJobStore, type JobStore } from '../../../server/stores/job-store.ts'
import { insertMigration, readMigration } from '../../support/migration-rows.ts'
import { withTestDatabase } from '../../support/postgres.ts'
import { inventory, settlementOf } from '../../support/settlements.ts'

const TTL_MS = 60_000
const failure = { code: 'copy-failed', side: 'worker', message: 'm', exitCode: 1 } as const
const key = () => ({ keyId: randomUUID(), publicKey: 'A'.repeat(43) })

describe('the worker’s side of the migrations', () => {
  let database: Database
  let jobs: JobStore

  withTestDatabase((opened) => {
    database = opened
    jobs = createJobStore(database)
  })
  beforeEach(async () => void (await database.query('TRUNCATE accounts CASCADE')))

  const insert = (state: MigrationState = 'queued', lease: { workerId?: string; isOver?: boolean } = {}) =>
    insertMigration(database, state, lease)
  const read = (id: string) => readMigration(database, id)
  const claim = (workerId: string = randomUUID()) => jobs.claim({ workerId, leaseTtlMs: TTL_MS, key: key() })

  test('B15: many workers that claim at once get each job exactly once', async () => {
    const ids = await Promise.all(Array.from({ length: 12 }, () => insert()))
    const claimed = await Promise.all(Array.from({ length: 30 }, () => claim()))
    const taken = claimed.filter((job) => job !== null).map(({ migrationId }) => migrationId)
    expect(taken.toSorted()).toEqual(ids.toSorted())
  })

  test('a claim publishes the key with the new state, and gives what the job needs', async () => {
    const id = await insert()
    const [workerId, published] = [randomUUID(), key()]
    const job = await jobs.claim({ workerId, leaseTtlMs: TTL_MS, key: published })
    expect(job).toEqual({
      migrationId: id,
      attempt: 2,
      source: { endpoint: 'https://s', region: 'r', accessKeyId: 'k', bucket: 'b', target: { kind: 'bucket' } },
      destination: { bucketId: expect.any(String) as string, prefix: 'p/' },
      capBytesPerSecond: 1000,
      existing: 'replace-different',
      startedAt: null,
      progress: emptyProgress,
    })
    expect(await read(id)).toMatchObject({
      state: 'awaiting-credentials',
      revision: 2,
      worker_id: workerId,
      sealing_key_id: published.keyId,
      sealing_public_key: published.publicKey,
    })
  })

  test.each(migrationStates)('B8: of a job in state %s, claims follow the transition table', async (state) => {
    const [held, lost] = [
      await insert(state, { workerId: randomUUID() }),
      await insert(state, { workerId: randomUUID(), isOver: true }),
    ]
    await claim()
    await claim()
    const afterClaim = nextMigrationState(state, 'claimed')
    expect((await read(held))['state']).toBe(afterClaim ?? state)
    expect((await read(lost))['state']).toBe(afterClaim ?? nextMigrationState(state, 'reclaimed') ?? state)
  })

  const moves: readonly (readonly [MigrationEvent, (held: HeldJob) => Promise<boolean>])[] = [
    ['credentials-received', (held) => held.receivedCredentials()],
    ['copied', (held) => held.copied()],
    ['copy-again', (held) => held.copyAgain()],
    ['verified', (held) => held.complete(settlementOf())],
    ['verified-with-exceptions', (held) => held.complete(settlementOf({ missing: { objects: 1, bytes: 1 } }))],
    ['failed', (held) => held.fail(failure, null)],
    ['failed', (held) => held.fail(failure, settlementOf({ missing: { objects: 1, bytes: 1 } }))],
    ['stopped', (held) => held.stopped()],
    ['reclaimed', (held) => held.release()],
  ]
  describe.each(moves)('the move "%s"', (event, move) => {
    test.each(migrationStates)('from %s follows the transition table', async (state) => {
      const workerId = randomUUID()
      const id = await insert(state, { workerId })
      const next = nextMigrationState(state, event)
      const moved = await move(jobs.hold({ migrationId: id, workerId, attempt: 1 }))
      const row = await read(id)
      expect(row['state']).toBe(next ?? state)
      // A move that is repeated because its first answer was lost is a success, not a refusal.
      const isRepetition = next === null && migrationStates.some((from) => nextMigrationState(from, event) === state)
      expect(moved).toBe(next !== null || isRepetition)
      if (next !== null && isTerminal(next)) {
        expect(row).toMatchObject({ worker_id: null, lease_expires_at: null, sealing_key_id: null })
        expect(row['finished_at']).not.toBeNull()
      }
    })
  })

  test('B8: under a lost lease nothing can be written, even by the same worker’s earlier attempt', async () => {
    const workerId = randomUUID()
    const id = await insert('running', { workerId })
    const before = await read(id)
    for (const hold of [
      { workerId: randomUUID(), attempt: 1 },
      { workerId, attempt: 2 },
    ]) {
      const held = jobs.hold({ migrationId: id, ...hold })
      expect(await held.renew(TTL_MS)).toBeNull()
      expect(await held.publishKey(key())).toBe(false)
      expect(await held.writeProgress({ progress: emptyProgress, throughput: null, waiting: null })).toBe(false)
      expect(await held.writeInventory(inventory)).toBe(false)
      expect(await held.clearReport()).toBe(false)
      expect(await held.addReportChunk({ number: 0, body: Buffer.from('x') })).toBe(false)
      expect(await held.appendLog([{ at: new Date().toISOString(), level: 'info', text: 'x' }])).toBe(false)
      for (const [, move] of moves) expect(await move(held)).toBe(false)
    }
    expect(await read(id)).toEqual(before)
    for (const table of ['migration_log_lines', 'migration_report_chunks', 'migration_exceptions']) {
      expect((await database.query(`SELECT 1 FROM ${table}`)).rowCount, table).toBe(0)
    }
  })

  test('a renewal moves the lease on, tells the state, and is no change anybody sees', async () => {
    const workerId = randomUUID()
    const id = await insert('cancelling', { workerId, isOver: true })
    expect(await jobs.hold({ migrationId: id, workerId, attempt: 1 }).renew(TTL_MS)).toBe('cancelling')
    const row = await read(id)
    expect(row['revision']).toBe(1)
    expect((row['lease_expires_at'] as Date).getTime()).toBeGreaterThan(Date.now() + TTL_MS / 2)
  })

  test('S15 B8: only cancels whose worker is gone are settled', async () => {
    const [held, lost] = [
      await insert('cancelling', { workerId: randomUUID() }),
      await insert('cancelling', { workerId: randomUUID(), isOver: true }),
    ]
    const running = await insert('running', { workerId: randomUUID(), isOver: true })
    await jobs.settleAbandonedCancels()
    expect([(await read(held))['state'], (await read(lost))['state'], (await read(running))['state']]).toEqual([
      'cancelling',
      'cancelled',
      'running',
    ])
  })

  test('S13: the log keeps its last 200 lines, numbered without gaps', async () => {
    const workerId = randomUUID()
    const id = await insert('running', { workerId })
    const held = jobs.hold({ migrationId: id, workerId, attempt: 1 })
    const lines = (from: number, count: number) =>
      Array.from({ length: count }, (_line, index) => ({
        at: new Date().toISOString(),
        level: 'info' as const,
        text: `line ${from + index}`,
      }))
    expect(await held.appendLog(lines(1, 150))).toBe(true)
    expect(await held.appendLog(lines(151, 100))).toBe(true)
    const { rows } = await database.query<{ sequence: number; text: string }>(
      'SELECT sequence, text FROM migration_log_lines ORDER BY sequence',
    )
    expect(rows).toHaveLength(200)
    expect(rows[0]).toMatchObject({ sequence: 51, text: 'line 51' })
    expect(rows.at(-1)).toMatchObject({ sequence: 250, text: 'line 250' })
    expect(await held.appendLog(lines(251, 500))).toBe(true)
    expect((await database.query('SELECT 1 FROM migration_log_lines')).rowCount).toBe(200)
  })

  test('S12: the first start counts, also after another worker took over', async () => {
    const workerId = randomUUID()
    const id = await insert('awaiting-credentials', { workerId })
    const held = jobs.hold({ migrationId: id, workerId, attempt: 1 })
    await held.receivedCredentials()
    const { started_at: startedAt } = await read(id)
    expect(startedAt).not.toBeNull()
    await held.release()
    const job = await claim(workerId)
    await jobs.hold({ migrationId: id, workerId, attempt: job?.attempt ?? 0 }).receivedCredentials()
    expect((await read(id))['started_at']).toEqual(startedAt)
  })
})
