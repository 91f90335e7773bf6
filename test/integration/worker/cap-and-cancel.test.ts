import { ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3'
import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { MIB } from '#shared/domain/units.ts'
import {
  DESTINATION_BUCKET,
  type MigrationStage,
  SOURCE_BUCKET,
  startMigrationStage,
} from './support/migration-stage.ts'
import type { WorkerProcess } from './support/worker-process.ts'

const CAP = 5 * MIB

describe('a capped migration', () => {
  let stage: MigrationStage
  let worker: WorkerProcess

  beforeAll(async () => {
    stage = await startMigrationStage({ capBytesPerSecond: CAP })
    for (let index = 0; index < 20; index += 1) {
      await stage.source.send(
        new PutObjectCommand({ Bucket: SOURCE_BUCKET, Key: `film/${index}.bin`, Body: randomBytes(MIB) }),
      )
    }
    // These are across at once, while the others share the cap.
    for (let index = 0; index < 5; index += 1) {
      await stage.source.send(new PutObjectCommand({ Bucket: SOURCE_BUCKET, Key: `note/${index}.txt`, Body: 'small' }))
    }
    worker = await stage.startWorker()
  })
  afterAll(() => stage.stop())

  test('S11 S12 B5: the cap is kept, while progress and rate are told about once a second', async () => {
    const id = await stage.dispatch({ kind: 'bucket' }, 'capped/')
    const { revision } = await stage.read(id)
    await stage.handOver(id)
    const middle = await stage.waitFor(
      id,
      'half way',
      ({ progress }) => progress.copiedBytes > 5 * MIB && progress.bytesPerSecond !== null,
    )
    const end = await stage.waitForEnd(id)

    expect(middle.progress).toMatchObject({ totalBytes: 20 * MIB + 25, totalObjects: 25 })
    expect(end.state).toBe('completed')
    const seconds = (Date.parse(end.finishedAt ?? '') - Date.parse(end.startedAt ?? '')) / 1000
    expect(seconds).toBeGreaterThan(3)
    expect((20 * MIB) / seconds).toBeLessThan(1.3 * CAP)
    // Progress, not a flood: each second a write or two, besides the moves.
    expect(end.revision - revision).toBeGreaterThan(5)
    expect(end.revision - revision).toBeLessThan(10 + 2 * seconds)
  })

  test('S15: cancel ends a running copy within two seconds, and what was copied stays', async () => {
    const id = await stage.dispatch({ kind: 'bucket' }, 'cancelled/')
    await stage.handOver(id)
    await stage.waitFor(id, 'some copied', ({ progress }) => progress.copiedObjects > 0)
    const askedAt = Date.now()
    await stage.cancel(id)
    const end = await stage.waitForEnd(id)

    expect(Date.now() - askedAt).toBeLessThan(2_000)
    expect(end).toMatchObject({ state: 'cancelled', failure: null })
    expect(worker.rclonePids()).toEqual([])
    const left = await stage.destination.send(
      new ListObjectsV2Command({ Bucket: DESTINATION_BUCKET, Prefix: 'cancelled/' }),
    )
    expect(left.KeyCount).toBeGreaterThan(0)
    expect(left.KeyCount).toBeLessThan(25)
    // S16: only whole objects are told, never more than is there (one may land in the moment of the stop).
    const bytes = (left.Contents ?? []).reduce((sum, { Size = 0 }) => sum + Size, 0)
    expect(end.progress.copiedObjects).toBeGreaterThan(0)
    expect(end.progress.copiedObjects).toBeLessThanOrEqual(left.KeyCount ?? 0)
    expect(end.progress.copiedBytes).toBeLessThanOrEqual(bytes)
  })

  test('S15 B8: a cancel whose notification was lost is seen by the next renewal of the lease', async () => {
    const id = await stage.dispatch({ kind: 'bucket' }, 'unheard/')
    await stage.handOver(id)
    await stage.waitForState(id, 'running')
    await stage.api.database.query(
      `UPDATE migrations SET state = 'cancelling', revision = revision + 1 WHERE id = $1`,
      [id],
    )

    expect((await stage.waitForEnd(id)).state).toBe('cancelled')
  })

  test('S15: a migration that waits for its secret is cancelled as well', async () => {
    const id = await stage.dispatch({ kind: 'bucket' }, 'waiting/')
    await stage.waitForState(id, 'awaiting-credentials')
    await stage.cancel(id)

    expect(await stage.waitForEnd(id)).toMatchObject({ state: 'cancelled', startedAt: null })
  })
})
