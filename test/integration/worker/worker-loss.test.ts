import { PutObjectCommand } from '@aws-sdk/client-s3'
import { randomBytes } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { MIB } from '#shared/domain/units.ts'
import { type MigrationStage, SOURCE_BUCKET, startMigrationStage } from './support/migration-stage.ts'
import { isRunning, type WorkerProcess } from './support/worker-process.ts'

const claims = (...workers: readonly WorkerProcess[]): number =>
  workers.map((worker) => worker.output().split('claimed a job').length - 1).reduce((sum, count) => sum + count, 0)

describe('workers that come and go', () => {
  let stage: MigrationStage

  beforeEach(async () => {
    stage = await startMigrationStage({ capBytesPerSecond: 4 * MIB })
    for (let index = 0; index < 12; index += 1) {
      await stage.source.send(
        new PutObjectCommand({ Bucket: SOURCE_BUCKET, Key: `film/${index}.bin`, Body: randomBytes(MIB) }),
      )
    }
    // Across at once, while the others share the cap.
    await stage.source.send(new PutObjectCommand({ Bucket: SOURCE_BUCKET, Key: 'note.txt', Body: 'small' }))
  })
  afterEach(() => stage.stop())

  async function startCopying(id: string): Promise<void> {
    await stage.handOver(id)
    await stage.waitFor(id, 'some copied', ({ progress }) => progress.copiedObjects > 0)
  }

  test('B8 S9: SIGKILL of a worker ends its rclone; another takes over with a new key and completes', async () => {
    const first = await stage.startWorker()
    const id = await stage.dispatch({ kind: 'bucket' })
    const { sealingKey: firstKey } = await stage.waitForState(id, 'awaiting-credentials')
    await startCopying(id)
    const rclones = first.rclonePids()
    expect(rclones).toHaveLength(1)
    await first.end('SIGKILL')
    await vi.waitFor(() => expect(rclones.filter(isRunning)).toEqual([]), { timeout: 2_000 })

    const second = await stage.startWorker()
    const taken = await stage.waitForState(id, 'awaiting-credentials')
    expect(taken.attempt).toBe(2)
    expect(taken.sealingKey?.keyId).not.toBe(firstKey?.keyId)
    // What was reached stays shown while the migration waits.
    expect(taken.progress.copiedObjects).toBeGreaterThan(0)
    await stage.handOver(id)

    expect(await stage.waitForEnd(id)).toMatchObject({
      state: 'completed',
      attempt: 2,
      progress: { copiedObjects: 13, totalObjects: 13, copiedBytes: 12 * MIB + 5 },
    })
    expect(second.rclonePids()).toEqual([])
  })

  test('B15: of two workers one runs the job, and the other leaves it alone', async () => {
    const workers = [await stage.startWorker(), await stage.startWorker()] as const
    const id = await stage.dispatch({ kind: 'bucket' })
    await startCopying(id)

    expect(workers.flatMap((worker) => worker.rclonePids())).toHaveLength(1)
    expect(await stage.waitForEnd(id)).toMatchObject({ state: 'completed', attempt: 1 })
    expect(claims(...workers)).toBe(1)
  })

  test('B8: SIGTERM gives the job back at once; rclone is gone and the next worker asks for the secret', async () => {
    const first = await stage.startWorker({ LEASE_TTL_MS: '600000' })
    const id = await stage.dispatch({ kind: 'bucket' })
    await startCopying(id)
    const rclones = first.rclonePids()
    const askedAt = Date.now()
    expect(await first.end('SIGTERM')).toBe(0)
    expect(Date.now() - askedAt).toBeLessThan(10_000)
    expect(rclones.filter(isRunning)).toEqual([])
    expect(await stage.read(id)).toMatchObject({ state: 'awaiting-credentials', sealingKey: null, attempt: 1 })

    await stage.startWorker()
    await stage.handOver(id)
    expect(await stage.waitForEnd(id)).toMatchObject({ state: 'completed', attempt: 2 })
  })

  test('B8 S15: a cancel asked of a dead worker’s job is carried out by the next', async () => {
    const first = await stage.startWorker()
    const id = await stage.dispatch({ kind: 'bucket' })
    await startCopying(id)
    await first.end('SIGKILL')
    await stage.cancel(id)
    expect((await stage.read(id)).state).toBe('cancelling')
    await stage.startWorker()

    expect(await stage.waitForEnd(id)).toMatchObject({ state: 'cancelled', attempt: 1 })
  })

  test('B8: a worker whose lease was taken stops its copy and writes nothing more', async () => {
    const first = await stage.startWorker()
    const id = await stage.dispatch({ kind: 'bucket' })
    await startCopying(id)
    await stage.api.database.query(
      `UPDATE migrations SET worker_id = gen_random_uuid(), lease_expires_at = now() + interval '1 hour' WHERE id = $1`,
      [id],
    )
    await vi.waitFor(() => expect(first.rclonePids()).toEqual([]), { timeout: 3_000 })
    await vi.waitFor(() => expect(first.output()).toContain('"stopReason":"lease-lost"'), { timeout: 3_000 })

    expect(await stage.read(id)).toMatchObject({ state: 'running', attempt: 1 })
  })

  test('B8: a database that drops every connection in mid-copy does not end the copy', async () => {
    await stage.startWorker({ LEASE_TTL_MS: '5000' })
    const id = await stage.dispatch({ kind: 'bucket' })
    await startCopying(id)
    const { rowCount } = await stage.api.database.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'carolina-migrate worker%'`,
    )
    expect(rowCount).toBeGreaterThan(1)

    expect(await stage.waitForEnd(id)).toMatchObject({ state: 'completed', attempt: 1 })
  })

  test('B8 B1: when the database cut the listener, a waiting worker publishes a fresh key', async () => {
    await stage.startWorker()
    const id = await stage.dispatch({ kind: 'object', key: 'note.txt' })
    const { sealingKey } = await stage.waitForState(id, 'awaiting-credentials')
    await stage.api.database.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'carolina-migrate worker listener'`,
    )
    await stage.waitFor(
      id,
      'has a fresh key',
      (migration) => migration.sealingKey !== null && migration.sealingKey.keyId !== sealingKey?.keyId,
    )
    await stage.handOver(id)

    expect((await stage.waitForEnd(id)).state).toBe('completed')
  })

  test('B1: a ciphertext that does not open is answered with a fresh key, not with a failure', async () => {
    await stage.startWorker()
    const id = await stage.dispatch({ kind: 'object', key: 'note.txt' })
    // As good as sealed for another migration: the bytes are right in form only.
    const { sealingKey } = await stage.waitForState(id, 'awaiting-credentials')
    const sealed = { keyId: sealingKey?.keyId, encapsulatedKey: 'A'.repeat(43), ciphertext: 'B'.repeat(64) }
    await stage.api.database.query(`SELECT pg_notify('migration_secret_sealed', $1)`, [
      JSON.stringify({ migrationId: id, sealed }),
    ])
    await stage.waitFor(
      id,
      'has a fresh key',
      (migration) => migration.sealingKey !== null && migration.sealingKey.keyId !== sealingKey?.keyId,
    )
    await stage.handOver(id)

    expect((await stage.waitForEnd(id)).state).toBe('completed')
  })
})
