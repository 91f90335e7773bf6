import { createHash } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { ExistingPolicy } from '#shared/domain/object-outcome.ts'
import {
  type AnyKeyStore,
  type AnyKeyStoreOptions,
  startAnyKeyStore,
  type StoredObject,
} from './support/any-key-store.ts'
import { minutesAgo, putDatedObject } from './support/dated-objects.ts'
import {
  DESTINATION_BUCKET,
  type MigrationStage,
  SOURCE_BUCKET,
  startMigrationStage,
} from './support/migration-stage.ts'
import type { WorkerProcess } from './support/worker-process.ts'

const md5InBase64 = (body: string): string => createHash('md5').update(body).digest('base64')
function createLatch(): { readonly opened: Promise<void>; readonly open: () => void } {
  let open = (): void => undefined
  const opened = new Promise<void>((resolve) => (open = resolve))
  return { opened, open }
}
const plainObjects = (count: number): Record<string, StoredObject> =>
  Object.fromEntries(
    Array.from({ length: count }, (_object, index) => {
      const number = String(index).padStart(3, '0')
      return [`file ${number}.txt`, { body: `content ${number}` }]
    }),
  )

describe('the account of a whole source', () => {
  let stage: MigrationStage
  let source: AnyKeyStore

  beforeAll(async () => {
    stage = await startMigrationStage()
    await stage.startWorker()
  })
  afterEach(() => source.stop())
  afterAll(() => stage.stop())

  async function migrate(options: Omit<AnyKeyStoreOptions, 'bucket'>, prefix: string, existing?: ExistingPolicy) {
    source = await startAnyKeyStore({ bucket: SOURCE_BUCKET, ...options })
    const id = await stage.dispatch({ kind: 'bucket' }, prefix, source.endpoint, 'owner', existing)
    await stage.handOver(id)
    return { id, end: await stage.waitForEnd(id), lines: (await stage.log(id)).map(({ text }) => text) }
  }
  const putAtDestination = (key: string, body: string, date: Date) =>
    putDatedObject(stage.destination, { bucket: DESTINATION_BUCKET, key, body, date })

  test('B3 S17: one archived and one unreadable of many end it as completed with exceptions', async () => {
    const asked = new Map<string, number>()
    const objects = {
      ...plainObjects(200),
      'cold.bin': { body: 'frozen', storageClass: 'GLACIER' },
      'locked.bin': { body: 'secret', isDenied: true },
    } as const
    const { id, end, lines } = await migrate(
      { objects, onGet: (key) => void asked.set(key, (asked.get(key) ?? 0) + 1) },
      'mixed/',
    )

    const none = { objects: 0, bytes: 0 }
    const acrossBytes = Object.values(plainObjects(200)).reduce((sum, { body }) => sum + body.length, 0)
    expect(end).toMatchObject({
      state: 'completed-with-exceptions',
      failure: null,
      progress: { totalObjects: 202, copiedObjects: 200, totalBytes: acrossBytes + 12, copiedBytes: acrossBytes },
    })
    expect(end.verification).toEqual({
      copied: { objects: 200, bytes: acrossBytes },
      alreadyThere: none,
      byChecksumObjects: 200,
      bySizeObjects: 0,
      markersNotHeld: 0,
      exceptions: {
        archived: { objects: 1, bytes: 6 },
        failed: { objects: 1, bytes: 6 },
        changed: none,
        'kept-different': none,
        missing: none,
      },
    })
    expect(end.inventory).toMatchObject({ archived: { objects: 1, bytes: 6 } })

    const rows = await stage.report(id)
    expect(rows.map(({ sourceKey, destinationKey, sizeBytes }) => [sourceKey, destinationKey, sizeBytes])).toEqual(
      Object.entries(objects)
        .map(([key, { body }]) => [key, `mixed/${key}`, body.length] as const)
        .toSorted(([a], [b]) => (a < b ? -1 : 1)),
    )
    expect(end.report?.rows).toBe(202)
    const exceptions = rows.filter(({ reason }) => reason !== null)
    expect(exceptions).toEqual([
      expect.objectContaining({ sourceKey: 'cold.bin', outcome: 'archived', reason: 'archived-object' }),
      expect.objectContaining({ sourceKey: 'locked.bin', outcome: 'failed', reason: 'access-denied' }),
    ])
    expect(exceptions.map(({ comparedBy }) => comparedBy)).toEqual([null, null])
    expect(exceptions[1]?.detail).toContain('AccessDenied')
    expect(await stage.exceptions(id)).toEqual(
      exceptions.map(({ sourceKey: key, sizeBytes: bytes, outcome, reason, detail }) => ({
        key,
        bytes,
        outcome,
        reason,
        detail,
      })),
    )
    expect(lines).toEqual(
      expect.arrayContaining([
        'copying; the source is counted meanwhile',
        '1 object is archived: not copied unless restored first',
        'copied; comparing source and destination',
        'compared: 200 of 202 objects at the destination',
        '200 objects verified by checksum, 0 by size',
        '1 archived object was not copied: cold.bin',
        '1 object may not be read: locked.bin',
      ]),
    )
    // Nothing there that a second copy could mend.
    expect(lines.filter((text) => text.includes('copying once more'))).toEqual([])
    expect(asked.get('cold.bin') ?? 0).toBeLessThanOrEqual(1)
    expect(asked.get('locked.bin')).toBe(1)
  })

  test('B3 S17: when all is archived it failed for that reason, with the whole account', async () => {
    const objects = {
      'a.bin': { body: 'a', storageClass: 'GLACIER' },
      'b.bin': { body: 'bb', storageClass: 'DEEP_ARCHIVE' },
    } as const
    const { id, end } = await migrate({ objects }, 'frozen/')

    expect(end).toMatchObject({
      state: 'failed',
      failure: {
        code: 'archived-object',
        side: 'source',
        message: 'none of 2 objects made it: 2 archived objects were not copied: a.bin, b.bin',
        exitCode: 1,
      },
      progress: { totalObjects: 2, copiedObjects: 0, copiedBytes: 0 },
      verification: { copied: { objects: 0 }, exceptions: { archived: { objects: 2, bytes: 3 } } },
    })
    expect((await stage.report(id)).map(({ outcome }) => outcome)).toEqual(['archived', 'archived'])
    expect(await stage.exceptions(id)).toHaveLength(2)
  })

  test('B4: never overwrite: what differs there stays and is named, what is missing arrives', async () => {
    await putAtDestination('kept/differs.txt', 'mine, not theirs', minutesAgo(60))
    await putAtDestination('kept/same.txt', 'same', minutesAgo(60))
    const objects = {
      'differs.txt': { body: 'theirs' },
      'new.txt': { body: 'new' },
      'same.txt': { body: 'same' },
    }
    const { id, end } = await migrate({ objects }, 'kept/', 'never-overwrite')

    expect(end.state).toBe('completed-with-exceptions')
    expect((await stage.report(id)).map(({ sourceKey, outcome, reason }) => [sourceKey, outcome, reason])).toEqual([
      ['differs.txt', 'kept-different', 'different-kept'],
      ['new.txt', 'copied', null],
      ['same.txt', 'already-there', null],
    ])
  })

  test('B3 B4: a second run over the same destination tells what was there from what it copied', async () => {
    const objects = { 'a.txt': { body: 'a' }, 'b.txt': { body: 'b' } }
    const first = await migrate({ objects }, 'again/')
    expect((await stage.report(first.id)).map(({ outcome }) => outcome)).toEqual(['copied', 'copied'])
    await source.stop()
    const second = await migrate({ objects: { ...objects, 'c.txt': { body: 'c' } } }, 'again/')

    expect(second.end).toMatchObject({
      state: 'completed',
      verification: { copied: { objects: 1, bytes: 1 }, alreadyThere: { objects: 2, bytes: 2 } },
    })
    expect((await stage.report(second.id)).map(({ outcome }) => outcome)).toEqual([
      'already-there',
      'already-there',
      'copied',
    ])
  })
})

describe('the account at a destination of another make', () => {
  let stage: MigrationStage
  let source: AnyKeyStore
  let destination: AnyKeyStore
  let worker: WorkerProcess
  let onList = (): Promise<void> => Promise.resolve()
  let isAway = false

  beforeAll(async () => {
    destination = await startAnyKeyStore({
      bucket: DESTINATION_BUCKET,
      onList: () => onList(),
      fault: () => (isAway ? 'away' : null),
    })
    stage = await startMigrationStage({ destinationEndpoint: destination.endpoint })
    worker = await stage.startWorker()
  })
  afterEach(() => source.stop())
  afterAll(async () => {
    await stage.stop()
    await destination.stop()
  })

  async function start(objects: Readonly<Record<string, StoredObject>>, prefix: string): Promise<string> {
    source = await startAnyKeyStore({ bucket: SOURCE_BUCKET, objects })
    const id = await stage.dispatch({ kind: 'bucket' }, prefix, source.endpoint)
    await stage.handOver(id)
    return id
  }

  test('B3: ETag, md5chksum and size are told apart, and a size is never called a checksum', async () => {
    const uploaded = { etag: `${'c'.repeat(32)}-2`, lastModified: minutesAgo(1) }
    destination.objects.set('by/md5chksum.bin', {
      body: 'parts',
      ...uploaded,
      headers: { 'x-amz-meta-md5chksum': md5InBase64('parts') },
    })
    destination.objects.set('by/size.bin', { body: 'sized', ...uploaded })
    const lastModified = minutesAgo(5)
    const id = await start(
      {
        'etag.txt': { body: 'whole', lastModified },
        'md5chksum.bin': { body: 'parts', lastModified },
        'size.bin': { body: 'sized', etag: `${'b'.repeat(32)}-3`, lastModified },
      },
      'by/',
    )
    const end = await stage.waitForEnd(id)

    expect(end).toMatchObject({ state: 'completed', verification: { byChecksumObjects: 2, bySizeObjects: 1 } })
    expect((await stage.report(id)).map(({ outcome, comparedBy }) => [outcome, comparedBy])).toEqual([
      ['copied', 'etag'],
      ['already-there', 'md5chksum'],
      ['already-there', 'size'],
    ])
    expect((await stage.log(id)).map(({ text }) => text)).toContain('2 objects verified by checksum, 1 by size')
  })

  /** Resolves when the verification lists the destination, which then waits for the answer until it is let go. */
  async function holdVerification(id: string): Promise<() => void> {
    const [held, free] = [createLatch(), createLatch()]
    onList = async () => {
      if ((await stage.read(id)).state !== 'verifying') return
      held.open()
      await free.opened
    }
    await held.opened
    return () => {
      onList = () => Promise.resolve()
      free.open()
    }
  }

  test('S15: a cancel while it compares ends it within two seconds', async () => {
    const id = await start(plainObjects(20), 'cancelled/')
    const letGo = await holdVerification(id)
    const askedAt = Date.now()
    await stage.cancel(id)
    await stage.waitForState(id, 'cancelled')
    expect(Date.now() - askedAt).toBeLessThan(2_000)
    letGo()
    expect(await stage.read(id)).toMatchObject({ verification: null, report: null })
  })

  test('B8: a store that goes away while it compares is waited for, visibly', async () => {
    const id = await start(plainObjects(20), 'away/')
    const letGo = await holdVerification(id)
    isAway = true
    destination.cutConnections()
    letGo()
    const waiting = await stage.waitFor(id, 'waits', (migration) => migration.waiting !== null)
    expect(waiting).toMatchObject({ state: 'verifying', waiting: { side: 'destination', code: 'unreachable' } })
    isAway = false

    expect(await stage.waitForEnd(id)).toMatchObject({ state: 'completed', waiting: null, report: { rows: 20 } })
  })

  test('B8 B3: a worker lost while it compares: the next one accounts for all anew', async () => {
    const id = await start(plainObjects(20), 'lost/')
    const letGo = await holdVerification(id)
    await worker.end('SIGKILL')
    letGo()
    worker = await stage.startWorker()
    await stage.handOver(id)

    expect(await stage.waitForEnd(id)).toMatchObject({
      state: 'completed',
      attempt: 2,
      // It began before the first worker was lost.
      verification: { copied: { objects: 20 }, alreadyThere: { objects: 0 } },
      report: { rows: 20 },
    })
    expect((await stage.report(id)).map(({ sourceKey }) => sourceKey)).toEqual(Object.keys(plainObjects(20)))
  })
})
