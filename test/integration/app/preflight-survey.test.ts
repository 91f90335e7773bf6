import { describe, expect, it, vi } from 'vitest'
import type { Finding } from '#shared/ipc/source-check.ts'
import { runPreflight } from '../../../src/main/source/preflight.ts'
import { createConnectionCheck } from '../../../src/main/source/connection-check.ts'
import { createSourceCheckService } from '../../../src/main/source/source-check-service.ts'
import { isRestoreAsked, refuse, sendFirstByte, sendHead, sendTags, type StoreScript } from './fakes/scripted-store.ts'
import { finding, findingsOf, keysOf, never, ports, secret, useScriptedStore } from './scripted-preflight.ts'

const { check, keep, open, seen, told } = useScriptedStore()
/** By this clock half a second has always passed: everything that may be told is. */
const hasty = (clock = 0) => ({ ...ports, now: () => (clock += 1_000) })
const codesOf = (result: { readonly findings: readonly Finding[] }) => result.findings.map(({ code }) => code)

describe('B2: the survey behind the decisive checks', () => {
  it('counts every page and tries an early, a large and a late object across them', async () => {
    const result = await check({ pages: 5 })
    expect(result).toMatchObject({
      kind: 'ready',
      survey: { objects: 15, bytes: 315, isComplete: true, archivedObjects: 0 },
      findings: [{ code: 'source-listed', facts: { objects: 15, bytes: 315, more: false } }, { code: 'source-readable', facts: { objects: 3 } }],
    })
    expect(seen().filter((request) => request.startsWith('GET'))).toEqual(['GET 0/1', 'GET 0/2', 'GET 4/2'])
    expect(seen().filter((request) => request.startsWith('LIST'))).toHaveLength(5)
  })

  it('S5: tells what it finds as it finds it, the decisive first, and counts last', async () => {
    let release: (() => void) | null = null
    const result = check({
      pages: 2,
      page: (page) => (page === 0 ? keysOf(0) : (_request, response) => {
        release = () => response.writeHead(200).end('<ListBucketResult><Name>source</Name><IsTruncated>false</IsTruncated></ListBucketResult>')
      }),
      head: sendHead({ 'content-type': 'image/jpeg', 'x-amz-meta-camera': 'x' }),
      tagging: sendTags('team'),
    })
    await vi.waitFor(() => expect(told().at(-1) && codesOf(told().at(-1)!)).toContain('tags-lost'))
    expect(told().map(codesOf)).toEqual([
      ['source-listed'],
      ['source-listed', 'source-readable'],
      ['source-listed', 'source-readable', 'metadata-kept', 'tags-lost'],
    ])
    expect(told()[0]).toEqual({
      findings: [{ code: 'source-listed', severity: 'good', facts: {}, fixes: [] }],
      survey: { objects: 3, bytes: 3, isComplete: false, archivedObjects: 0, archivedBytes: 0 },
    })
    release!()
    expect(await result).toMatchObject({ kind: 'ready', survey: { objects: 3, isComplete: true } })
  })

  it('tells growing numbers about twice a second, not at every page', async () => {
    let clock = 0
    const source = await open({ pages: 50 })
    const paced = { ...ports, now: () => (clock += 20) }
    await runPreflight({ source, stopped: new AbortController().signal, budgetMs: 10_000, onProgress: keep }, paced)
    const counted = told().map(({ survey }) => survey?.objects ?? 0)
    expect(counted.length).toBeGreaterThan(3)
    expect(counted.length).toBeLessThan(12)
    expect(counted).toEqual(counted.toSorted((a, b) => a - b))
  })

  it('a budget that ends in the middle of it is no failure: what was found is told', async () => {
    const result = await check({ pages: 3, page: (page) => (page < 2 ? keysOf(page) : never) }, { budgetMs: 500 })
    expect(result).toMatchObject({ kind: 'ready', survey: { objects: 6, isComplete: false } })
    expect(finding(result, 'source-listed')?.facts).toMatchObject({ objects: 6, more: true })
  })

  it.each([
    ['a throttled page', refuse(503, 'SlowDown')],
    ['a refused page', refuse(403, 'AccessDenied')],
    ['a page that is none', refuse(200, 'x')],
  ])('%s ends the survey, not the check, and is not asked for again', async (_what, answer) => {
    const result = await check({ pages: 9, page: (page) => (page < 1 ? keysOf(page) : answer) })
    expect(result).toMatchObject({ kind: 'ready', survey: { objects: 3, isComplete: false } })
    expect(seen().filter((request) => request === 'LIST 1')).toHaveLength(1)
  })

  it('cancelled in the middle of it: answers stopped and tells nothing more', async () => {
    const source = await open({ pages: 3, page: (page) => (page < 2 ? keysOf(page) : never) })
    const stop = new AbortController()
    const result = runPreflight({ source, stopped: stop.signal, budgetMs: 10_000, onProgress: keep }, hasty())
    await vi.waitFor(() => expect(seen()).toContain('LIST 2'))
    const before = told().length
    stop.abort()
    expect(await result).toEqual({ kind: 'stopped' })
    expect(told()).toHaveLength(before)
  })

  it('B2: when only the counting is ended, the check answers at once with what was counted', async () => {
    const source = await open({ pages: 3, page: (page) => (page < 2 ? keysOf(page) : never) })
    const service = createSourceCheckService({ ...ports, onProgress: keep })
    const checked = service.check({ ...source, prefix: '' }, secret)
    await vi.waitFor(() => expect(seen()).toContain('LIST 2'))
    const endedAt = Date.now()
    service.endCount()
    expect(await checked).toMatchObject({ kind: 'ready', survey: { objects: 6, isComplete: false } })
    expect(Date.now() - endedAt).toBeLessThan(2_000)
  })

  it('a check that is replaced tells nothing more, and one before a dispatch replaces none', async () => {
    let isOpen = false
    const source = await open({ pages: 3, page: (page) => (page < 2 || isOpen ? keysOf(page) : never) })
    const service = createSourceCheckService({ ...hasty(), onProgress: keep })
    const first = service.check({ ...source, prefix: '' }, secret)
    await vi.waitFor(() => {
      expect(seen()).toContain('LIST 2')
      // The first page, what was read of it, the next page, what it carries.
      expect(told()).toHaveLength(4)
    })
    const before = told().length
    // The one before a dispatch looks at the decisive only, and tells nothing on the way.
    const apart = await createConnectionCheck(ports)(source, new AbortController().signal)
    expect(apart).toMatchObject({ kind: 'ready', survey: { objects: 3, isComplete: false } })
    expect(told()).toHaveLength(before)
    isOpen = true
    const second = service.check({ ...source, prefix: '' }, secret)
    expect(await first).toEqual({ kind: 'stopped' })
    expect(await second).toMatchObject({ kind: 'ready', survey: { objects: 9, isComplete: true } })
    const counted = told().slice(before).map(({ survey }) => survey?.objects)
    expect(counted).toEqual(counted.toSorted())
    expect(counted[0]).toBe(3)
  })

  it('a check before a dispatch ends when it is stopped, and no wizard’s check ends it', async () => {
    const hold: (() => void)[] = []
    const source = await open({ read: (_request, response) => void hold.push(() => response.writeHead(206).end('x')) })
    const stop = new AbortController()
    const checkConnection = createConnectionCheck(ports)
    const [stopped, kept] = [checkConnection(source, stop.signal), checkConnection(source, new AbortController().signal)]
    const wizard = createSourceCheckService({ ...ports, onProgress: keep })
    const replaced = wizard.check({ ...source, prefix: '' }, secret)
    await vi.waitFor(() => expect(hold.length).toBe(9 - 3))
    wizard.stop()
    stop.abort()
    expect(await Promise.all([stopped, replaced])).toEqual([{ kind: 'stopped' }, { kind: 'stopped' }])
    for (const answer of hold) answer()
    expect(await kept).toMatchObject({ kind: 'ready' })
  })

  it('does not count the marker of the folder itself', async () => {
    const page = () => [{ key: 'photos/', size: 0 }, { key: 'photos/a.jpg' }]
    const result = await check({ page }, { prefix: 'photos/' })
    expect(result).toMatchObject({ kind: 'ready', firstKey: 'photos/a.jpg', survey: { objects: 1, bytes: 5, isComplete: true } })
    const vacant = await check({ page: () => [{ key: 'photos/', size: 0 }] }, { prefix: 'photos/' })
    expect(vacant).toMatchObject({ kind: 'blocked', findings: [{ code: 'nothing-there' }] })
  })
})

describe('B2: what is kept and what is lost, on a sample of the own objects', () => {
  it('names headers, own metadata and tags', async () => {
    const result = await check({
      head: sendHead({ 'content-type': 'image/jpeg', 'cache-control': 'no-store', 'x-amz-meta-camera': 'x' }),
      tagging: (request, response) => sendTags(...(request.url?.includes('/0/2') ? ['team', 'cost'] : []))(request, response),
    })
    expect(finding(result, 'metadata-kept')?.facts).toEqual({ sampled: 2, headers: 'Content-Type, Cache-Control', ownMetadata: 'camera' })
    expect(finding(result, 'tags-lost')).toMatchObject({ severity: 'note', facts: { objects: 1, sampled: 2, key: '0/2', tags: 'team, cost' } })
  })

  it.each([
    ['may not be read', refuse(403, 'AccessDenied')],
    ['are not known to the store', refuse(501, 'NotImplemented')],
    ['are a web page', refuse(200, 'x')],
  ])('says nothing of tags that %s', async (_what, tagging) => {
    const result = await check({ tagging })
    expect(result.kind).toBe('ready')
    expect(codesOf({ findings: findingsOf(result) })).toEqual(['source-listed', 'source-readable'])
  })

  it('names the classes that the destination will not keep', async () => {
    const result = await check({ page: (page) => keysOf(page, { storageClass: 'STANDARD_IA' }), pages: 2 })
    expect(finding(result, 'storage-class-lost')).toMatchObject({ severity: 'note', facts: { objects: 6, more: false, classes: 'STANDARD_IA' } })
  })
})

describe('S17, B9: archived objects in the survey', () => {
  const frozen = (page: number, isRestored = false) => keysOf(page, { storageClass: 'GLACIER', isRestored })
  const onlyFrozenReads: NonNullable<StoreScript['read']> = refuse(403, 'InvalidObjectState')

  it('counts those of later pages and names the first', async () => {
    const result = await check({ pages: 3, page: (page) => (page === 1 ? frozen(1) : keysOf(page)) })
    expect(result).toMatchObject({ kind: 'ready', survey: { objects: 9, archivedObjects: 3, archivedBytes: 33 } })
    expect(finding(result, 'archived-object')).toMatchObject({ severity: 'note', facts: { objects: 3, bytes: 33, key: '1/0', storageClass: 'GLACIER' } })
  })

  it('restored ones count as readable; the question is put only where something is archived', async () => {
    let asked = 0
    const result = await check({
      pages: 3,
      page: (page, request) => {
        if (isRestoreAsked(request)) asked++
        return page === 0 ? keysOf(0) : frozen(page, page === 1)
      },
    })
    expect(result).toMatchObject({ kind: 'ready', survey: { objects: 9, archivedObjects: 3 } })
    expect(asked).toBe(2)
    expect(finding(result, 'storage-class-lost')?.facts).toMatchObject({ objects: 3, classes: 'GLACIER' })
  })

  it('a store that does not take the question is listed without it', async () => {
    const result = await check({
      pages: 3,
      page: (page, request) => (isRestoreAsked(request) ? refuse(501, 'NotImplemented') : page === 0 ? keysOf(0) : frozen(page)),
    })
    expect(result).toMatchObject({ kind: 'ready', survey: { objects: 9, archivedObjects: 6, isComplete: true } })
    expect(seen().filter((request) => request === 'LIST 2')).toHaveLength(1)
  })

  it('blocks where the survey has seen everything and all of it is archived', async () => {
    const result = await check({ pages: 3, page: (page) => frozen(page), read: onlyFrozenReads })
    expect(result).toMatchObject({ kind: 'blocked', findings: [{ code: 'source-listed' }, { code: 'archived-object', severity: 'problem', facts: { objects: 9 } }] })
  })

  it('E3: behind archived ones a late object decides: readable goes on, refused blocks; refused beside readable ones is a note', async () => {
    const read: NonNullable<StoreScript['read']> = (request, response) =>
      (request.url?.includes('/0/') ? onlyFrozenReads : refuse(403, 'AccessDenied'))(request, response)
    const first = await check({ pages: 2, page: (page) => (page === 0 ? frozen(0) : keysOf(1)), read: (request, response) => (request.url?.includes('/0/') ? onlyFrozenReads : sendFirstByte)(request, response) })
    expect(first).toMatchObject({ kind: 'ready', firstKey: '1/0', survey: { archivedObjects: 3 } })
    const behind = await check({ pages: 2, page: (page) => (page === 0 ? frozen(0) : keysOf(1)), read })
    expect(behind.kind).toBe('blocked')
    expect(finding(behind, 'object-not-readable')).toMatchObject({ severity: 'problem', facts: { key: '1/0' } })
    const beside = await check({ pages: 2, read: (request, response) => (request.url?.includes('/0/') ? response.writeHead(206).end('x') : read(request, response)) })
    expect(beside.kind).toBe('ready')
    expect(finding(beside, 'object-not-readable')).toMatchObject({ severity: 'note', facts: { objects: 1, sampled: 3 } })
  })
})
