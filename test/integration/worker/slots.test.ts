import { PutObjectCommand } from '@aws-sdk/client-s3'
import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { MIB } from '#shared/domain/units.ts'
import { type MigrationStage, SOURCE_BUCKET, startMigrationStage } from './support/migration-stage.ts'
import type { WorkerProcess } from './support/worker-process.ts'

describe('a worker with one slot', () => {
  let stage: MigrationStage
  let worker: WorkerProcess

  beforeAll(async () => {
    stage = await startMigrationStage({ capBytesPerSecond: 2 * MIB })
    for (const index of [0, 1, 2, 3])
      await stage.source.send(
        new PutObjectCommand({ Bucket: SOURCE_BUCKET, Key: `film/${index}.bin`, Body: randomBytes(MIB) }),
      )
    await stage.source.send(new PutObjectCommand({ Bucket: SOURCE_BUCKET, Key: 'note.txt', Body: 'small' }))
    worker = await stage.startWorker({ WORKER_SLOTS: '1' })
  })
  afterAll(() => stage.stop())

  test('B15: who never hands the secret over holds up nobody, and copies take turns', async () => {
    const idle = await stage.dispatch({ kind: 'bucket' })
    await stage.waitForState(idle, 'awaiting-credentials')
    const film = await stage.dispatch({ kind: 'folder', prefix: 'film/' }, 'film/', undefined, 'admin')
    const note = await stage.dispatch({ kind: 'object', key: 'note.txt' }, '', undefined, 'member')
    await stage.waitForState(note, 'awaiting-credentials')

    await stage.handOver(film)
    await stage.waitFor(film, 'copies', ({ progress }) => progress.copiedBytes > 0)
    await stage.handOver(note)
    await stage.waitForState(note, 'running')
    expect(worker.rclonePids()).toHaveLength(1)
    const [filmEnd, noteEnd] = [await stage.waitForEnd(film), await stage.waitForEnd(note)]

    expect([filmEnd.state, noteEnd.state]).toEqual(['completed', 'completed'])
    expect(Date.parse(noteEnd.finishedAt ?? '')).toBeGreaterThanOrEqual(Date.parse(filmEnd.finishedAt ?? '') - 1_000)
    expect((await stage.log(note)).map(({ text }) => text)).toContain(
      'the worker is busy with other migrations; this one waits for its turn',
    )
    expect((await stage.read(idle)).state).toBe('awaiting-credentials')
  })

  test('B15 S15: one that waits for its turn can be cancelled', async () => {
    const film = await stage.dispatch({ kind: 'folder', prefix: 'film/' }, 'again/', undefined, 'admin')
    const note = await stage.dispatch({ kind: 'object', key: 'note.txt' }, 'again/', undefined, 'member')
    await stage.waitForState(note, 'awaiting-credentials')
    await stage.handOver(film)
    await stage.waitFor(film, 'copies', ({ progress }) => progress.copiedBytes > 0)
    await stage.handOver(note)
    await stage.waitForState(note, 'running')
    await stage.cancel(note)

    expect((await stage.waitForEnd(note)).state).toBe('cancelled')
    expect((await stage.waitForEnd(film)).state).toBe('completed')
  })
})
