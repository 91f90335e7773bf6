import { describe, expect, it, vi } from 'vitest'
import { sourceCheckSchema } from '#shared/ipc/source-check.ts'
import { sendTags, type StoreScript } from './fakes/scripted-store.ts'
import { finding, keysOf, never, useScriptedStore } from './scripted-preflight.ts'

const { check, told } = useScriptedStore()

describe('B2: endpoints that mean no good', () => {
  const xml = (more: string) => `<ListBucketResult><Name>source</Name>${more}<Contents><Key>a</Key><Size>1</Size></Contents></ListBucketResult>`
  it.each([
    ['more without saying where', '<IsTruncated>true</IsTruncated>', 1],
    ['the same place again', '<IsTruncated>true</IsTruncated><NextContinuationToken>1</NextContinuationToken>', 2],
  ])('a listing that promises %s ends', async (_what, more, pages) => {
    const result = await check({ page: () => (_request, response) => void response.end(xml(more)) })
    expect(result).toMatchObject({ kind: 'ready', survey: { objects: pages, isComplete: false } })
  })

  it('a listing without end ends with the budget, and still leaves time for a look at what came late', async () => {
    const begun = performance.now()
    const result = await check({ pages: Infinity }, { budgetMs: 1_000 })
    expect(result).toMatchObject({ kind: 'ready', survey: { isComplete: false } })
    expect(performance.now() - begun).toBeLessThan(1_500)
    expect(result.kind === 'ready' && result.survey.objects).toBeGreaterThan(30)
    expect(finding(result, 'source-readable')?.facts).toMatchObject({ objects: 3 })
  })

  it('an answer without end is cut off, as the first page and later', async () => {
    const flood = refuseNothing()
    const first = await check({ page: () => flood.answer })
    expect(first).toMatchObject({ kind: 'blocked', findings: [{ code: 'not-an-s3-endpoint' }] })
    await vi.waitFor(() => expect(flood.isCut()).toBe(true))
    const later = await check({ pages: 3, page: (page) => (page === 0 ? keysOf(0) : flood.answer) })
    expect(later).toMatchObject({ kind: 'ready', survey: { objects: 3, isComplete: false } })
    expect(flood.sentBytes()).toBeLessThan(64 * 1024 * 1024)
  })

  it.each(['99999999999999999999', '1e999', 'Infinity', '-1', 'x'])('a size of %s is counted as one that an object can have', async (size) => {
    const page = () => Array.from({ length: 300 }, (_, n) => ({ key: String(n), size }))
    const result = await check({ pages: 2, page })
    const checked = sourceCheckSchema.parse(result)
    if (checked.kind === 'ready') expect(Number.isSafeInteger(checked.survey.bytes)).toBe(true)
    else expect(checked).toMatchObject({ kind: 'blocked', findings: [{ code: 'not-an-s3-endpoint' }] })
    for (const { survey } of told()) expect(Number.isSafeInteger(survey?.bytes)).toBe(true)
  })

  it('names of any length reach the window cut short', async () => {
    const [long, endless] = ['x'.repeat(5_000), 'x'.repeat(100_000)]
    const page = () => keysOf(0, { storageClass: endless }).map(({ key, ...more }) => ({ key: key + long, ...more }))
    const result = await check({ page, tagging: sendTags('team') })
    const checked = sourceCheckSchema.parse(result)
    expect(finding(checked, 'storage-class-lost')?.facts['classes']).toHaveLength(64)
    expect(finding(checked, 'tags-lost')?.facts['key']).toHaveLength(1_024)
    expect(checked.kind === 'ready' && checked.firstKey).toHaveLength(1_024)
    const mistyped = await check({ page: (_page, request) => (request.url?.includes('delimiter') ? [{ key: `photos${endless}` }] : []) }, { prefix: 'photos' })
    expect(sourceCheckSchema.parse(mistyped)).toMatchObject({ kind: 'blocked', findings: [{ code: 'nothing-there', fixes: [] }] })
    const elsewhere = await check({ page: () => (_request, response) => void response.writeHead(301, { 'x-amz-bucket-region': endless.slice(0, 8_000) }).end() })
    expect(sourceCheckSchema.parse(elsewhere)).toMatchObject({ kind: 'blocked', findings: [{ fixes: [] }] })
  })

  it('a page of more than was asked for is only a beginning', async () => {
    const entries = '<Contents><Key>a</Key></Contents>'.repeat(5_000)
    const page: StoreScript['page'] = () => (_request, response) => void response.end(xml(`<IsTruncated>false</IsTruncated>${entries}`))
    expect(await check({ page })).toMatchObject({ kind: 'ready', survey: { objects: 1_000, isComplete: false } })
  })

  it('a document of nothing but beginnings is no S3 endpoint', async () => {
    const result = await check({ page: () => (_request, response) => void response.end('<a>'.repeat(100_000)) })
    expect(result).toMatchObject({ kind: 'blocked', findings: [{ code: 'not-an-s3-endpoint' }] })
  })

  it('help that never comes is not waited for', async () => {
    const begun = performance.now()
    const result = await check({ head: never, tagging: never })
    expect(result.kind).toBe('ready')
    expect(performance.now() - begun).toBeLessThan(6_000)
  })

  /** Sends as long as someone takes it. */
  function refuseNothing() {
    let [sent, cut] = [0, 0]
    const chunk = Buffer.alloc(1024 * 1024, ' ')
    const answer: NonNullable<StoreScript['read']> = (_request, response) => {
      response.on('close', () => cut++)
      response.writeHead(200, { 'content-type': 'application/xml' }).write('<ListBucketResult>')
      const send = (): void => {
        while (!response.destroyed && response.write(chunk)) sent += chunk.length
      }
      response.on('drain', send)
      send()
    }
    return { answer, isCut: () => cut > 0, sentBytes: () => sent }
  }
})
