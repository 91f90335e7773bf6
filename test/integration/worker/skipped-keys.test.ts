import { ListObjectsV2Command } from '@aws-sdk/client-s3'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type AnyKeyStore, startAnyKeyStore, type StoredObject } from './support/any-key-store.ts'
import {
  DESTINATION_BUCKET,
  type MigrationStage,
  SOURCE_BUCKET,
  startMigrationStage,
} from './support/migration-stage.ts'

const stores: AnyKeyStore[] = []
async function startSource(objects: Readonly<Record<string, StoredObject>>): Promise<AnyKeyStore> {
  const store = await startAnyKeyStore({ bucket: SOURCE_BUCKET, objects })
  stores.push(store)
  return store
}
const stopStores = () => Promise.all(stores.splice(0).map((store) => store.stop()))

describe('keys that rclone passes over in silence', () => {
  let stage: MigrationStage

  beforeAll(async () => {
    stage = await startMigrationStage()
    await stage.startWorker()
  })
  afterEach(stopStores)
  afterAll(() => stage.stop())

  test('B3: what arrives neither by rclone nor by the worker is accounted for, with its reason', async () => {
    // `rclone serve s3` refuses such a key.
    const store = await startSource({
      './hidden.txt': { body: 'data' },
      'a/fine.txt': { body: 'fine' },
      'ok.txt': { body: 'ok' },
    })
    const id = await stage.dispatch({ kind: 'bucket' }, '', store.endpoint)
    await stage.handOver(id)

    expect(await stage.waitForEnd(id)).toMatchObject({
      state: 'completed-with-exceptions',
      progress: { totalObjects: 3, copiedObjects: 2 },
      verification: { copied: { objects: 2 }, exceptions: { failed: { objects: 1, bytes: 4 } } },
    })
    expect(await stage.exceptions(id)).toEqual([
      expect.objectContaining({ key: './hidden.txt', outcome: 'failed', reason: 'key-refused' }),
    ])
    expect((await stage.log(id)).map(({ text }) => text)).toContain(
      '1 key was refused by the destination: ./hidden.txt',
    )
    const arrived = await stage.destination.send(new ListObjectsV2Command({ Bucket: DESTINATION_BUCKET }))
    expect(arrived.Contents?.map(({ Key }) => Key)).toEqual(['a/fine.txt', 'ok.txt'])
  })

  test('B3: without such keys the same store is migrated to completion', async () => {
    const store = await startSource({ 'a/fine.txt': { body: 'fine' } })
    const id = await stage.dispatch({ kind: 'object', key: 'a/fine.txt' }, 'single/', store.endpoint)
    await stage.handOver(id)

    expect((await stage.waitForEnd(id)).state).toBe('completed')
  })

  test('B3: an empty folder marker that the destination stores under another key is named and fails nothing', async () => {
    // `rclone serve s3` stores `folder/` as `folder`.
    const store = await startSource({ 'folder/': { body: '' }, 'ok.txt': { body: 'ok' } })
    const id = await stage.dispatch({ kind: 'bucket' }, 'unheld/', store.endpoint)
    await stage.handOver(id)

    expect(await stage.waitForEnd(id)).toMatchObject({
      state: 'completed',
      progress: { totalObjects: 2, copiedObjects: 2, totalBytes: 2, copiedBytes: 2 },
      verification: { copied: { objects: 1, bytes: 2 }, markersNotHeld: 1 },
    })
    expect(await stage.log(id)).toContainEqual(
      expect.objectContaining({
        level: 'info',
        text: 'the destination does not hold 1 folder marker (it carries no data): folder/',
      }),
    )
  })
})

describe('empty folder markers at a destination that holds them', () => {
  let stage: MigrationStage
  let destination: AnyKeyStore

  beforeAll(async () => {
    destination = await startAnyKeyStore({
      bucket: DESTINATION_BUCKET,
      refusesPut: (key) => key.endsWith('refused/'),
    })
    stage = await startMigrationStage({ destinationEndpoint: destination.endpoint })
    await stage.startWorker()
  })
  afterEach(stopStores)
  afterAll(async () => {
    await stage.stop()
    await destination.stop()
  })

  test('B3: they arrive under their mapped keys, with their type and metadata', async () => {
    const headers = { 'content-type': 'application/x-directory', 'x-amz-meta-owner': 'ada' }
    const store = await startSource({
      'top/': { body: '' },
      'top/deep/er/': { body: '', headers },
      'top/file.txt': { body: 'file' },
    })
    const id = await stage.dispatch({ kind: 'folder', prefix: 'top/' }, 'mirror/', store.endpoint)
    await stage.handOver(id)

    expect(await stage.waitForEnd(id)).toMatchObject({
      state: 'completed',
      progress: { totalObjects: 2, copiedObjects: 2 },
    })
    expect(destination.objects.get('mirror/deep/er/')).toMatchObject({ body: '', headers })
    expect(destination.objects.has('mirror/')).toBe(false)
  })

  test('B3: an object with data at a key like a folder is no marker: it arrives with its data', async () => {
    const store = await startSource({ 'full/': { body: 'data' }, 'ok.txt': { body: 'ok' } })
    const id = await stage.dispatch({ kind: 'bucket' }, 'full-marker/', store.endpoint)
    await stage.handOver(id)

    expect(await stage.waitForEnd(id)).toMatchObject({ state: 'completed', progress: { copiedBytes: 6 } })
    expect(destination.objects.get('full-marker/full/')?.body).toBe('data')
  })

  test('B3: one that the destination refuses is named with its reason and fails nothing', async () => {
    const store = await startSource({ 'held/': { body: '' }, 'ok.txt': { body: 'ok' }, 'refused/': { body: '' } })
    const id = await stage.dispatch({ kind: 'bucket' }, 'two/', store.endpoint)
    await stage.handOver(id)

    expect(await stage.waitForEnd(id)).toMatchObject({
      state: 'completed',
      verification: { copied: { objects: 2 }, markersNotHeld: 1 },
    })
    expect((await stage.log(id)).filter(({ level }) => level === 'info').map(({ text }) => text)).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^folder marker two\/refused\/ could not be copied: .*InvalidObjectName/),
        'the destination does not hold 1 folder marker (it carries no data): refused/',
      ]),
    )
    expect(destination.objects.has('two/held/')).toBe(true)
  })
})
