import { ListObjectsV2Command } from '@aws-sdk/client-s3'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type AnyKeyStore, startAnyKeyStore } from './support/any-key-store.ts'
import {
  DESTINATION_BUCKET,
  type MigrationStage,
  SOURCE_BUCKET,
  startMigrationStage,
} from './support/migration-stage.ts'

describe('keys that rclone passes over in silence', () => {
  let stage: MigrationStage
  let store: AnyKeyStore

  beforeAll(async () => {
    stage = await startMigrationStage()
    await stage.startWorker()
    store = await startAnyKeyStore(SOURCE_BUCKET, { 'a/fine.txt': 'fine', 'folder/': '', 'ok.txt': 'ok' })
  })
  afterAll(async () => {
    await stage.stop()
    await store.stop()
  })

  test('B3: a copy that rclone calls successful ends as failed, with the missing keys named', async () => {
    const id = await stage.dispatch({ kind: 'bucket' }, '', store.endpoint)
    await stage.handOver(id)
    const end = await stage.waitForEnd(id)

    expect(end).toMatchObject({
      state: 'failed',
      failure: { code: 'objects-missing', side: 'destination', exitCode: 0 },
      progress: { totalObjects: 3, copiedObjects: 2 },
    })
    expect(end.failure?.message).toBe('1 of 3 objects missing or different at the destination: folder/')
    expect((await stage.log(id)).filter(({ level }) => level === 'error').map(({ text }) => text)).toContain(
      'missing or different at the destination: folder/',
    )
    const arrived = await stage.destination.send(new ListObjectsV2Command({ Bucket: DESTINATION_BUCKET }))
    expect(arrived.Contents?.map(({ Key }) => Key)).toEqual(['a/fine.txt', 'ok.txt'])
  })

  test('B3: without such keys the same store is migrated to completion', async () => {
    const id = await stage.dispatch({ kind: 'object', key: 'a/fine.txt' }, 'single/', store.endpoint)
    await stage.handOver(id)

    expect((await stage.waitForEnd(id)).state).toBe('completed')
  })
})
