import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import type { ExistingPolicy } from '#shared/domain/object-outcome.ts'
import { type AnyKeyStore, type AnyKeyStoreOptions, startAnyKeyStore } from './support/any-key-store.ts'
import { minutesAgo } from './support/dated-objects.ts'
import {
  DESTINATION_BUCKET,
  type MigrationStage,
  SOURCE_BUCKET,
  startMigrationStage,
} from './support/migration-stage.ts'

const MULTIPART_ETAG = `${'a'.repeat(32)}-2`

describe('trouble when most is across', () => {
  let stage: MigrationStage
  let source: AnyKeyStore
  let destination: AnyKeyStore
  let id: string
  let atDestination: { -readonly [Name in 'onList' | 'refusesPut']?: AnyKeyStoreOptions[Name] }

  beforeAll(async () => {
    destination = await startAnyKeyStore({
      bucket: DESTINATION_BUCKET,
      onList: () => atDestination.onList?.() ?? Promise.resolve(),
      refusesPut: (key) => atDestination.refusesPut?.(key) ?? false,
    })
    stage = await startMigrationStage({ destinationEndpoint: destination.endpoint })
    await stage.startWorker()
  })
  beforeEach(() => {
    atDestination = {}
    destination.objects.clear()
  })
  afterEach(() => source.stop())
  afterAll(async () => {
    await stage.stop()
    await destination.stop()
  })

  async function migrate(options: Omit<AnyKeyStoreOptions, 'bucket'>, existing?: ExistingPolicy) {
    source = await startAnyKeyStore({ bucket: SOURCE_BUCKET, ...options })
    id = await stage.dispatch({ kind: 'bucket' }, '', source.endpoint, 'owner', existing)
    await stage.handOver(id)
    return { end: await stage.waitForEnd(id), lines: (await stage.log(id)).map(({ text }) => text) }
  }
  const isVerifying = async (): Promise<boolean> => (await stage.read(id)).state === 'verifying'

  test('B3: a second copy of another object does not make good one that changed while it was read', async () => {
    const etag = MULTIPART_ETAG
    const second = (date: Date): number => Math.floor(date.getTime() / 1000)
    let changedAt = new Date(0)
    // The second copy is to begin in a later second: stores tell no more.
    atDestination.onList = async () => {
      if (!(await isVerifying())) return
      await vi.waitFor(() => expect(second(new Date())).toBeGreaterThan(second(changedAt)), { timeout: 5_000 })
    }
    const { end } = await migrate(
      {
        objects: { 'x.bin': { body: 'old', etag, lastModified: minutesAgo(5) } },
        onGet(key, { objects }) {
          if (key !== 'x.bin') return
          changedAt = new Date()
          objects.set('x.bin', { body: 'new', etag, lastModified: changedAt })
          objects.set('y.bin', { body: 'late' })
        },
      },
      'never-overwrite',
    )
    expect(end).toMatchObject({
      state: 'completed-with-exceptions',
      verification: { copied: { objects: 1 }, exceptions: { changed: { objects: 1 } } },
    })
  })

  test('B3: a quota that is full near the end: the rest is named with that reason', async () => {
    atDestination.refusesPut = async (key) => {
      if (key !== 'z.bin') return false
      await vi.waitFor(() => expect([...destination.objects.keys()].sort()).toEqual(['a.bin', 'b.bin']))
      return 'QuotaExceeded'
    }
    const bodies = { 'a.bin': { body: 'a' }, 'b.bin': { body: 'b' }, 'z.bin': { body: 'z' } }
    const { end, lines } = await migrate({ objects: bodies })

    expect(end).toMatchObject({
      state: 'completed-with-exceptions',
      failure: null,
      verification: { copied: { objects: 2 }, exceptions: { failed: { objects: 1 } } },
      report: { rows: 3 },
    })
    expect(await stage.exceptions(id)).toEqual([
      expect.objectContaining({ key: 'z.bin', outcome: 'failed', reason: 'quota-exceeded' }),
    ])
    expect(lines).toContainEqual(expect.stringMatching(/^the copy ended early: .*QuotaExceeded/))
  })

  test('E1: a source that may not be listed any more cannot be accounted for', async () => {
    let isRevoked = false
    const { end } = await migrate({
      objects: { 'a.bin': { body: 'a' }, 'b.bin': { body: 'b' } },
      fault: () => (isRevoked ? 'key-revoked' : null),
      onGet: (key) => void (isRevoked ||= key === 'b.bin'),
    })
    expect(end).toMatchObject({ state: 'failed', failure: { code: 'invalid-access-key', side: 'source' } })
  })

  test('B3: a second verification that fails takes nothing from the first', async () => {
    let isRevoked = false
    atDestination.onList = async () => void (isRevoked = destination.objects.has('late.bin') && (await isVerifying()))
    const { end, lines } = await migrate({
      objects: { 'a.bin': { body: 'a' } },
      fault: () => (isRevoked ? 'key-revoked' : null),
      onGet: (key, { objects }) => {
        if (key === 'a.bin') objects.set('late.bin', { body: 'late', lastModified: new Date() })
      },
    })
    expect(end).toMatchObject({
      state: 'completed-with-exceptions',
      failure: null,
      verification: { copied: { objects: 1 }, exceptions: { changed: { objects: 1 } } },
      report: { rows: 2 },
    })
    expect((await stage.report(id)).map(({ sourceKey }) => sourceKey)).toEqual(['a.bin', 'late.bin'])
    expect(lines).toContainEqual(expect.stringMatching(/^the second copy ended early: .*InvalidAccessKeyId/))
  })

  test('B8: a web page in place of a listing, in the middle of the verification, is waited for', async () => {
    let pages = 0
    let isAnswered = false
    atDestination.onList = async () => void (isAnswered ||= await isVerifying())
    const { end } = await migrate({
      objects: { 'a.bin': { body: 'a' } },
      fault: () => (isAnswered && (pages += 1) <= 1 ? 'web-page' : null),
    })
    expect(end).toMatchObject({ state: 'completed', report: { rows: 1 } })
    expect(pages).toBeGreaterThan(1)
  })

  test('B3: what was deleted at the source before it was copied is told', async () => {
    const { end, lines } = await migrate({
      objects: { 'a.bin': { body: 'a' }, 'gone.bin': { body: 'gone' } },
      onGet: (key, { objects }) => void (key === 'gone.bin' && objects.delete(key)),
    })
    expect(end).toMatchObject({ state: 'completed', verification: { copied: { objects: 1 } } })
    expect(lines).toContain('1 object was deleted at the source before it was copied: gone.bin')
  })

  test('B3: a listing that ends early is no clean end: what it lacks is missing', async () => {
    let isCut = false
    atDestination.onList = async () => void (isCut = await isVerifying())
    const objects = Object.fromEntries(['a', 'b', 'c', 'd', 'e'].map((key) => [key, { body: key }]))
    const { end, lines } = await migrate({ objects, listsAtMost: () => (isCut ? 3 : Infinity) })

    expect(end).toMatchObject({
      state: 'completed-with-exceptions',
      progress: { totalObjects: 5, copiedObjects: 3, totalBytes: 5 },
      verification: { copied: { objects: 3 }, exceptions: { missing: { objects: 2, bytes: 2 } } },
    })
    expect(lines.filter((text) => text.endsWith('comparing once more'))).toHaveLength(1)
    expect(lines).toContain(
      '2 objects of those counted before not listed by the source any more: deleted meanwhile, or its listing ends too early',
    )
  })

  test('B3: a listing that ends early once is walked again', async () => {
    let cuts = 0
    let isCutting = false
    atDestination.onList = async () => void (isCutting = await isVerifying())
    const objects = Object.fromEntries(['a', 'b', 'c'].map((key) => [key, { body: key }]))
    const { end } = await migrate({ objects, listsAtMost: () => (isCutting && (cuts += 1) === 1 ? 1 : Infinity) })

    expect(end).toMatchObject({ state: 'completed', verification: { copied: { objects: 3 } }, report: { rows: 3 } })
    expect(cuts).toBe(2)
  })

  test('B3: a folder marker that appears during the copy is brought over with the second one', async () => {
    const { end } = await migrate({
      objects: { 'a.bin': { body: 'a' } },
      onGet: (_key, { objects }) => void objects.set('late/', { body: '', lastModified: new Date() }),
    })
    expect(end).toMatchObject({ state: 'completed', verification: { copied: { objects: 2 }, markersNotHeld: 0 } })
    expect(destination.objects.has('late/')).toBe(true)
  })
})
