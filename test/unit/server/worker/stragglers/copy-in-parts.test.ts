import fc from 'fast-check'
import { Readable } from 'node:stream'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { GIB, MIB } from '#shared/domain/units.ts'
import { copyInParts, partsOf } from '../../../../../server/worker/stragglers/copy-in-parts.ts'
import { etagOfParts } from '../../../../../server/worker/stragglers/digest-rules.ts'
import type { ObjectCopy } from '../../../../../server/worker/stragglers/object-copy.ts'
import { type Answer, fakeEnds, md5Hex, refusal, type Request, unreachable } from './fakes/fake-ends.ts'

const BYTES = 66 * MIB
/** 32, 32 and 2 MiB. */
const PARTS = 3
const CHUNK = Buffer.alloc(1 * MIB, 7)
const expectedEtag = etagOfParts([32, 32, 2].map((size) => Buffer.from(md5Hex(Buffer.alloc(size * MIB, 7)), 'hex')))

const answerSource: Answer = ({ name, input }) => {
  if (name === 'HeadObject') return { ContentLength: BYTES, ETag: '"v1-9"', ContentType: 'video/x', Metadata: { owner: 'ada' } }
  const [, start, end] = /^bytes=(\d+)-(\d+)$/.exec(String(input['Range'])) ?? []
  const bytes = Number(end) - Number(start) + 1
  const Body = Readable.from(Array.from({ length: bytes / MIB }, () => CHUNK))
  return { Body, ContentLength: bytes, ETag: '"v1-9"' }
}
const answerDestination: Answer = ({ name }) => {
  if (name === 'CreateMultipartUpload') return { UploadId: 'u1' }
  return name === 'CompleteMultipartUpload' ? { ETag: `"${expectedEtag}"` } : {}
}

interface SceneAnswers {
  readonly source?: Answer
  readonly destination?: Answer
}

function startScene(answers: SceneAnswers = {}, existing: ObjectCopy['existing'] = 'replace-different') {
  const { ends, requests, stop } = fakeEnds({
    source: (request) => answers.source?.(request) ?? answerSource(request),
    destination: (request) => answers.destination?.(request) ?? answerDestination(request),
  })
  let bytes = 0
  const copy: ObjectCopy = {
    ends,
    signal: stop.signal,
    rate: { take: () => Promise.resolve() },
    sourceKey: 'from//x',
    destinationKey: 'to//x',
    bytes: BYTES,
    isEtagOpaque: false,
    existing,
    onBytes: (more) => (bytes += more),
  }
  const names = (): readonly string[] => requests.map(({ name }) => name)
  return { run: () => copyInParts(copy), requests, names, stop, bytes: () => bytes }
}
const count = (names: readonly string[], name: string): number => names.filter((one) => one === name).length
const isPart = ({ name, input }: Request, number: number): boolean =>
  name === 'UploadPart' && input['PartNumber'] === number

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout'] }))
afterEach(() => void vi.useRealTimers())

async function settled<T>(copying: Promise<T>): Promise<PromiseSettledResult<T>> {
  const [end] = await Promise.all([Promise.allSettled([copying]), vi.runAllTimersAsync()])
  return end[0]
}

describe('B3: the parts of an object', () => {
  test.each([
    [65 * MIB, 3, 32 * MIB],
    [312.5 * GIB, 10_000, 32 * MIB],
    [312.5 * GIB + 1, 9_697, 33 * MIB],
    [5 * 1024 * GIB, 9_987, 525 * MIB],
  ])('of %d bytes are %d of %d', (bytes, parts, partBytes) => {
    expect(partsOf(bytes)).toHaveLength(parts)
    expect(partsOf(bytes)[0]).toEqual({ number: 1, start: 0, bytes: partBytes })
  })

  test('cover it without gap, equal but for the last, 10,000 at most', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5 * 1024 * GIB }), (bytes) => {
        const parts = partsOf(bytes)
        const [first] = parts
        const last = parts.at(-1)
        expect(parts.length).toBeLessThanOrEqual(10_000)
        expect((last?.start ?? 0) + (last?.bytes ?? 0)).toBe(bytes)
        expect(last?.bytes).toBeGreaterThan(0)
        expect(parts.every(({ number, start }) => start === (number - 1) * (first?.bytes ?? 0))).toBe(true)
        expect(parts.slice(0, -1).every((part) => part.bytes === first?.bytes)).toBe(true)
      }),
      { numRuns: 50 },
    )
  })
})

describe('B3: an object in parts', () => {
  test('is one upload under its own key, with what is kept, held to the version that it began with', async () => {
    const scene = startScene()
    expect(await settled(scene.run())).toMatchObject({ status: 'fulfilled' })

    const [create] = scene.requests.filter(({ name }) => name === 'CreateMultipartUpload')
    expect(create?.input).toMatchObject({ Key: 'to//x', ContentType: 'video/x', Metadata: { owner: 'ada' } })
    const ranges = scene.requests.filter(({ name }) => name === 'GetObject')
    expect(ranges.map(({ input }) => input['IfMatch'])).toEqual(Array.from({ length: PARTS }, () => '"v1-9"'))
    const complete = scene.requests.at(-1)
    expect(complete).toMatchObject({ name: 'CompleteMultipartUpload', input: { UploadId: 'u1', Key: 'to//x' } })
    const { Parts } = complete?.input['MultipartUpload'] as { Parts: { PartNumber: number; ETag: string }[] }
    expect(Parts.map(({ PartNumber }) => PartNumber)).toEqual([1, 2, 3])
    expect(scene.bytes()).toBe(BYTES)
    expect(scene.names()).not.toContain('AbortMultipartUpload')
  })

  test('keeps the MD5 of a source that has one, as rclone does', async () => {
    const etag = md5Hex('any')
    const scene = startScene({
      source: (request) => ({ ...(answerSource(request) as object), ETag: `"${etag}"` }),
    })
    await settled(scene.run())
    expect(scene.requests[1]?.input['Metadata']).toMatchObject({ md5chksum: Buffer.from(etag, 'hex').toString('base64') })
  })

  test('has a part tried three times, and that part only', async () => {
    let tries = 0
    const scene = startScene({
      destination(request) {
        if (!isPart(request, 2) || (tries += 1) > 2) return undefined
        throw unreachable()
      },
    })
    expect(await settled(scene.run())).toMatchObject({ status: 'fulfilled' })
    expect(count(scene.names(), 'GetObject')).toBe(PARTS + 2)
    expect(scene.bytes()).toBe(BYTES)
  })

  test('is aborted when a part fails three times', async () => {
    const scene = startScene({
      destination(request) {
        if (isPart(request, 2)) throw unreachable()
      },
    })
    expect(await settled(scene.run())).toMatchObject({ status: 'rejected', reason: { side: 'destination' } })
    expect(scene.requests.filter((request) => isPart(request, 2))).toHaveLength(3)
    expect(scene.requests.at(-1)).toMatchObject({ name: 'AbortMultipartUpload', input: { UploadId: 'u1' } })
  })

  test('is aborted when it is stopped, and nothing is tried again', async () => {
    const scene = startScene({
      destination(request) {
        if (isPart(request, 1)) scene.stop.abort()
      },
    })
    expect(await settled(scene.run())).toMatchObject({ status: 'rejected' })
    expect(scene.names().at(-1)).toBe('AbortMultipartUpload')
    expect(count(scene.names(), 'CompleteMultipartUpload')).toBe(0)
  })

  test('is aborted also when it is stopped while it is being begun', async () => {
    const scene = startScene({
      destination({ name }) {
        if (name === 'CreateMultipartUpload') scene.stop.abort()
      },
    })
    expect(await settled(scene.run())).toMatchObject({ status: 'rejected' })
    expect(scene.requests.at(-1)).toMatchObject({ name: 'AbortMultipartUpload', input: { UploadId: 'u1' } })
    expect(count(scene.names(), 'UploadPart')).toBe(0)
  })

  test('ends when the source has changed meanwhile', async () => {
    const scene = startScene({
      source({ name }) {
        if (name === 'GetObject') throw refusal('PreconditionFailed', 412)
      },
    })
    expect(await settled(scene.run())).toMatchObject({ status: 'rejected', reason: { side: 'source' } })
    expect(scene.names().at(-1)).toBe('AbortMultipartUpload')
  })

  test('is not completed when the source was written while its last parts were on their way', async () => {
    let heads = 0
    const scene = startScene({
      source: (request) =>
        request.name === 'HeadObject' && (heads += 1) > 1 ? { ...(answerSource(request) as object), ETag: '"v2"' } : undefined,
    })
    expect(await settled(scene.run())).toMatchObject({ status: 'rejected', reason: { name: 'SourceChangedError' } })
    expect(count(scene.names(), 'CompleteMultipartUpload')).toBe(0)
    expect(scene.names().at(-1)).toBe('AbortMultipartUpload')
  })

  test('ends when the source gives other bytes than were asked for', async () => {
    const whole = { Body: Readable.from(['all']), ContentLength: BYTES, ETag: '"v1-9"' }
    const scene = startScene({ source: ({ name }) => (name === 'GetObject' ? whole : undefined) })
    expect(await settled(scene.run())).toMatchObject({ status: 'rejected', reason: { name: 'SourceChangedError' } })
  })

  test('is not taken for copied when the destination answers with another digest', async () => {
    const scene = startScene({
      destination: ({ name }) => (name === 'UploadPart' ? { ETag: `"${md5Hex('other')}"` } : undefined),
    })
    expect(await settled(scene.run())).toMatchObject({ status: 'rejected', reason: { name: 'DigestMismatchError' } })
    expect(scene.names().at(-1)).toBe('AbortMultipartUpload')
  })

  test('a digest that a KMS key has made unlike any MD5 is no mismatch', async () => {
    const other = { ETag: `"${md5Hex('other')}"`, ServerSideEncryption: 'aws:kms' }
    const scene = startScene({
      destination: ({ name }) => (['UploadPart', 'CompleteMultipartUpload'].includes(name) ? other : undefined),
    })
    expect(await settled(scene.run())).toMatchObject({ status: 'fulfilled' })
  })

  test.each([
    ['is copied when its completion was answered too late', expectedEtag, 'fulfilled'],
    ['is not when the destination holds another', `${md5Hex('x')}-3`, 'rejected'],
  ])('%s', async (_name, held, status) => {
    const scene = startScene({
      destination({ name }) {
        if (name === 'HeadObject') return { ContentLength: BYTES, ETag: `"${held}"` }
        if (name === 'CompleteMultipartUpload') throw refusal('NoSuchUpload', 404)
      },
    })
    expect(await settled(scene.run())).toMatchObject({ status })
  })
})

describe('B4: an object in parts never overwrites', () => {
  const isThere = { ContentLength: 3, ETag: `"${md5Hex('xyz')}"` }
  const startNeverOverwriting = (destination: Answer) => startScene({ destination }, 'never-overwrite')
  const questions = ({ requests }: ReturnType<typeof startScene>) =>
    requests.filter(({ name, input }) => name === 'HeadObject' && input['Key'] === 'to//x').length

  test('what is there when its turn comes', async () => {
    const scene = startNeverOverwriting(({ name }) => (name === 'HeadObject' ? isThere : undefined))
    expect(await settled(scene.run())).toMatchObject({ status: 'rejected', reason: { name: 'AlreadyThereError' } })
    expect(count(scene.names(), 'CreateMultipartUpload')).toBe(0)
  })

  test('what appears while it is sent', async () => {
    const scene = startNeverOverwriting(({ name }) => {
      if (name !== 'HeadObject') return undefined
      if (questions(scene) > 1) return isThere
      throw refusal('NotFound', 404)
    })
    expect(await settled(scene.run())).toMatchObject({ status: 'rejected', reason: { name: 'AlreadyThereError' } })
    expect(count(scene.names(), 'CompleteMultipartUpload')).toBe(0)
    expect(scene.names().at(-1)).toBe('AbortMultipartUpload')
  })

  test('what appears while it is completed, where the store takes the condition', async () => {
    const scene = startNeverOverwriting(({ name, input }) => {
      if (name === 'HeadObject') throw refusal('NotFound', 404)
      if (name === 'CompleteMultipartUpload' && input['IfNoneMatch'] === '*') throw refusal('PreconditionFailed', 412)
    })
    expect(await settled(scene.run())).toMatchObject({ status: 'rejected', reason: { name: 'AlreadyThereError' } })
    expect(scene.names().at(-1)).toBe('AbortMultipartUpload')
  })

  test('and is completed without the condition where the store refuses it', async () => {
    const scene = startNeverOverwriting(({ name, input }) => {
      if (name === 'HeadObject') throw refusal('NotFound', 404)
      if (name === 'CompleteMultipartUpload' && input['IfNoneMatch'] === '*') throw refusal('NotImplemented', 501)
    })
    expect(await settled(scene.run())).toMatchObject({ status: 'fulfilled' })
    expect(count(scene.names(), 'CompleteMultipartUpload')).toBe(2)
  })

  test('it is its own where the condition fails because it was completed before, unheard', async () => {
    let isComplete = false
    const scene = startNeverOverwriting(({ name }) => {
      if (name === 'HeadObject' && !isComplete) throw refusal('NotFound', 404)
      if (name === 'HeadObject') return { ContentLength: BYTES, ETag: `"${expectedEtag}"` }
      if (name !== 'CompleteMultipartUpload') return undefined
      isComplete = true
      throw refusal('PreconditionFailed', 412)
    })
    expect(await settled(scene.run())).toMatchObject({ status: 'fulfilled' })
  })
})
