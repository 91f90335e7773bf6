import { Readable } from 'node:stream'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { GIB, MIB } from '#shared/domain/units.ts'
import { ListingFailedError } from '../../../../../server/worker/inventory/side-listings.ts'
import { createObjectFailures } from '../../../../../server/worker/object-failures.ts'
import { copyStragglers, type StragglersInput } from '../../../../../server/worker/stragglers/copy-stragglers.ts'
import { type Answer, fakeEnds, md5Hex, objectOf, refusal, unreachable } from './fakes/fake-ends.ts'
import { type Listed, listingOf } from './fakes/listings.ts'

const bodyOf = (key: unknown): string => `body of ${String(key)}`
const listed = (key: string): Listed => ({ key, size: bodyOf(key).length, etag: md5Hex(bodyOf(key)) })

interface SceneOptions extends Partial<Pick<StragglersInput, 'existing' | 'staleKeys' | 'toSourceKey' | 'redact'>> {
  readonly source: readonly Listed[]
  readonly destination?: readonly Listed[]
  readonly onGet?: Answer
  readonly onPut?: Answer
}

function startScene({ source, destination = [], onGet, onPut, ...options }: SceneOptions) {
  const { ends, requests, stop } = fakeEnds({
    source: (request) => onGet?.(request) ?? objectOf(bodyOf(request.input['Key'])),
    destination(request) {
      const answer = onPut?.(request)
      if (answer === undefined && request.name === 'HeadObject') throw refusal('NotFound', 404)
      return answer ?? {}
    },
  })
  const failures = createObjectFailures()
  const log: string[] = []
  const copied: string[] = []
  const sum = { bytes: 0, objects: 0 }
  const run = () =>
    copyStragglers({
      listings: { source: listingOf(source), destination: listingOf(destination) },
      ends,
      toSourceKey: (key) => key,
      existing: 'replace-different',
      isEtagOpaque: false,
      capBytesPerSecond: 1e12,
      progress: {
        addByWorker({ bytes, objects }) {
          sum.bytes += bytes
          sum.objects += objects
        },
      },
      activity: { add: (level, text) => log.push(`${level}: ${text}`), addCopied: (key) => copied.push(key) },
      failures,
      redact: (text) => text,
      ...options,
    })
  const keysOf = (name: string): readonly unknown[] =>
    requests.filter((request) => request.name === name).map(({ input }) => input['Key'])
  return { run, requests, keysOf, failures, log, copied, sum, stop }
}

/** For pauses between tries. */
async function settled<T>(copying: Promise<T>): Promise<PromiseSettledResult<T>> {
  const [end] = await Promise.all([Promise.allSettled([copying]), vi.runAllTimersAsync()])
  return end[0]
}

const manyStragglers = Array.from({ length: 100 }, (_object, index) => listed(`a//${String(index).padStart(3, '0')}`))

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout'] }))
afterEach(() => void vi.useRealTimers())

describe('B3: what the worker copies itself', () => {
  test('is what rclone cannot carry, from the source’s key to its own', async () => {
    const scene = startScene({
      source: [listed('to//a'), listed('to/b'), listed('to/c/')],
      toSourceKey: (key) => key.replace(/^to/, 'from'),
      onGet: ({ input }) => objectOf(bodyOf(String(input['Key']).replace(/^from/, 'to'))),
    })
    expect(await settled(scene.run())).toMatchObject({ status: 'fulfilled' })

    expect(scene.keysOf('GetObject')).toEqual(['from//a', 'from/c/'])
    expect(scene.keysOf('PutObject')).toEqual(['to//a', 'to/c/'])
    expect(scene.copied).toEqual(['from//a', 'from/c/'])
    expect(scene.sum).toEqual({ bytes: 26, objects: 2 })
  })

  test('is left alone where the destination holds the same, and where it is archived', async () => {
    const archived: Listed = { ...listed('cold//x'), isArchived: true }
    const scene = startScene({ source: [listed('a//x'), archived], destination: [listed('a//x')] })
    await settled(scene.run())
    expect(scene.requests).toEqual([])
    expect(scene.failures.find('cold//x')).toBeNull()
  })

  test.each([
    ['replace-different', ['a//x', 'b//x']],
    ['never-overwrite', ['b//x']],
  ] as const)('B4: where the destination holds another, %s decides', async (existing, expected) => {
    const other: Listed = { key: 'a//x', size: 3, etag: md5Hex('xyz') }
    const scene = startScene({ source: [listed('a//x'), listed('b//x')], destination: [other], existing })
    await settled(scene.run())
    expect(scene.keysOf('PutObject')).toEqual(expected)
  })

  test.each([
    ['replace-different', ['a//x']],
    ['never-overwrite', []],
  ] as const)('B4: what the listing did not show in its place is left by its own key: %s', async (existing, expected) => {
    const scene = startScene({
      source: [listed('a//x')],
      existing,
      onPut: ({ name }) => (name === 'HeadObject' ? { ContentLength: 3 } : undefined),
    })
    expect(await settled(scene.run())).toMatchObject({ status: 'fulfilled' })
    expect(scene.keysOf('PutObject')).toEqual(expected)
    expect(scene.copied).toEqual(expected)
    expect(scene.failures.find('a//x')).toBeNull()
    expect(scene.log).toEqual([])
  })

  test('B4: what appears while it is sent is left as well, where the store takes the condition', async () => {
    const scene = startScene({
      source: [listed('a//x')],
      existing: 'never-overwrite',
      onPut({ name, input }) {
        if (name === 'PutObject' && input['IfNoneMatch'] === '*') throw refusal('PreconditionFailed', 412)
      },
    })
    await settled(scene.run())
    expect(scene.keysOf('PutObject')).toEqual(['a//x'])
    expect(scene.copied).toEqual([])
    expect(scene.failures.find('a//x')).toBeNull()
    expect(scene.log).toEqual([])
    expect(scene.sum).toEqual({ bytes: 0, objects: 0 })
  })

  test.each([
    ['NotImplemented', 501],
    ['InvalidArgument', 400],
  ])('B4: where the store refuses the condition (%s), the question alone decides', async (code, status) => {
    const scene = startScene({
      source: [listed('a//x')],
      existing: 'never-overwrite',
      onPut({ name, input }) {
        if (name === 'PutObject' && input['IfNoneMatch'] !== undefined) throw refusal(code, status)
      },
    })
    await settled(scene.run())
    expect(scene.requests.filter(({ name }) => name === 'PutObject').map(({ input }) => input['IfNoneMatch'])).toEqual([
      '*',
      undefined,
    ])
    expect(scene.copied).toEqual(['a//x'])
  })

  test('B4: what this copy has sent itself, damaged, is replaced all the same', async () => {
    let puts = 0
    const scene = startScene({
      source: [listed('a//x')],
      existing: 'never-overwrite',
      onPut({ name }) {
        if (name === 'PutObject' && (puts += 1) === 1) return { ETag: `"${md5Hex('damaged')}"` }
        return name === 'HeadObject' && puts > 0 ? { ContentLength: 7 } : undefined
      },
    })
    await settled(scene.run())
    expect(puts).toBe(2)
    expect(scene.copied).toEqual(['a//x'])
  })

  test('B4: a destination that does not tell whether it holds the key is not written to', async () => {
    const scene = startScene({
      source: [listed('a//x')],
      existing: 'never-overwrite',
      onPut: ({ name }) => (name === 'HeadObject' ? Promise.reject(refusal('AccessDenied', 403)) : undefined),
    })
    await settled(scene.run())
    expect(scene.keysOf('PutObject')).toEqual([])
    expect(scene.failures.find('a//x')).toMatchObject({ reason: 'access-denied' })
  })

  test.each([
    ['replace-different', ['b//x']],
    ['never-overwrite', []],
  ] as const)('is what a verification has found stale, although it looks the same: %s', async (existing, expected) => {
    const both = [listed('a//x'), listed('b//x')]
    const scene = startScene({ source: both, destination: both, staleKeys: new Set(['b//x']), existing })
    await settled(scene.run())
    expect(scene.keysOf('PutObject')).toEqual(expected)
  })

  test('is promised to the destination by its MD5, unless its ETag is none', async () => {
    const scene = startScene({
      source: [listed('a//x'), listed('k//x'), listed('m//x')],
      onGet({ input: { Key } }) {
        if (Key === 'k//x') return objectOf(bodyOf(Key), { ServerSideEncryption: 'aws:kms' })
        return objectOf(bodyOf(Key), Key === 'm//x' ? { ETag: `"${md5Hex('')}-2"` } : {})
      },
    })
    await settled(scene.run())
    const promised = scene.requests.filter(({ name }) => name === 'PutObject').map(({ input }) => input['ContentMD5'])
    expect(promised).toEqual([Buffer.from(md5Hex(bodyOf('a//x')), 'hex').toString('base64'), undefined, undefined])
  })
})

describe('B3: an ETag that looks like an MD5 and is none', () => {
  const bodies = { sent: md5Hex(bodyOf('a//x')), other: md5Hex('other') }

  test.each([
    ['the bytes arrive all the same', bodies.sent, 'copied'],
    ['and nothing is taken for copied that is another', bodies.other, 'failed'],
  ])('is promised but once: %s', async (_name, answered, end) => {
    const scene = startScene({
      source: [listed('a//x')],
      onGet: ({ input: { Key } }) => objectOf(bodyOf(Key), { ETag: `"${md5Hex('not the content')}"` }),
      onPut({ input }) {
        if (input['ContentMD5'] !== undefined) throw refusal('BadDigest', 400)
        return { ETag: `"${answered}"` }
      },
    })
    await settled(scene.run())
    const promised = scene.requests.filter(({ name }) => name === 'PutObject').map(({ input }) => input['ContentMD5'])
    expect(promised.slice(0, 2)).toEqual([expect.any(String), undefined])
    expect(scene.copied).toEqual(end === 'copied' ? ['a//x'] : [])
    expect(scene.failures.find('a//x')?.reason).toBe(end === 'copied' ? undefined : 'copy-failed')
  })
})

describe('B3: what could not be copied is noted, and ends nothing', () => {
  test.each([
    ['access-denied', { onGet: () => Promise.reject(refusal('AccessDenied', 403)) }, 1],
    ['source-not-found', { onGet: () => Promise.reject(refusal('NoSuchKey', 404)) }, 1],
    ['archived-object', { onGet: () => Promise.reject(refusal('InvalidObjectState', 403)) }, 1],
    ['key-refused', { onPut: () => Promise.reject(refusal('InvalidArgument', 400)) }, 1],
    ['changed-during-copy', { onGet: () => objectOf('longer than it was listed') }, 1],
    ['unreachable', { onPut: () => Promise.reject(unreachable()) }, 3],
    ['copy-failed', { onPut: () => ({ ETag: `"${md5Hex('other')}"` }) }, 3],
  ] as const)('%s', async (reason, answers, tries) => {
    const scene = startScene({ source: [listed('a//x')], ...answers })
    expect(await settled(scene.run())).toMatchObject({ status: 'fulfilled' })

    expect(scene.failures.find('a//x')).toMatchObject({ reason })
    expect(scene.keysOf('GetObject')).toHaveLength(tries)
    expect(scene.sum).toEqual({ bytes: 0, objects: 0 })
    expect(scene.log).toEqual([expect.stringMatching(/^error: a\/\/x: /)])
  })

  test('what no store takes is not even read', async () => {
    const [large, long] = [{ key: 'huge', size: 5 * 1024 * GIB + 1 }, { key: 'ü'.repeat(513) }]
    const scene = startScene({ source: [large, long] })
    await settled(scene.run())
    expect(scene.requests).toEqual([])
    expect(scene.failures.find('huge')?.reason).toBe('object-too-large')
    expect(scene.failures.find(long.key)?.reason).toBe('key-too-long')
  })

  // A PUT of no key makes a bucket, or asks for one to be deleted.
  test.each([1, 65 * MIB])('a folder’s own object of %d bytes that would get an empty key is not sent', async (size) => {
    const scene = startScene({ source: [{ key: '', size }], toSourceKey: (key) => `photos/${key}` })
    await settled(scene.run())
    expect(scene.requests).toEqual([])
    expect(scene.failures.find('photos/')).toEqual({
      reason: 'key-refused',
      detail: 'it is named like the folder that is copied, and would have no name at the destination; choose a destination folder',
    })
  })

  test('what breaks off is tried again from its beginning', async () => {
    let gets = 0
    const scene = startScene({
      source: [listed('a//x')],
      onGet({ input: { Key } }) {
        if ((gets += 1) > 1) return undefined
        const Body = new Readable({ read: () => Body.destroy(Object.assign(new Error('aborted'), { code: 'ECONNRESET' })) })
        return { ...objectOf(bodyOf(Key)), Body }
      },
    })
    await settled(scene.run())
    expect(gets).toBe(2)
    expect(scene.sum.objects).toBe(1)
  })

  test('its words are redacted, and an empty folder marker’s failure is no error', async () => {
    const scene = startScene({
      source: [{ key: 'marker/', size: 0 }],
      onGet: () => Promise.reject(refusal('AccessDenied', 403, 'with the secret')),
      redact: (text) => text.replace('secret', '[redacted]'),
    })
    await settled(scene.run())
    expect(scene.failures.find('marker/')?.detail).toBe('source: AccessDenied: with the [redacted]')
    expect(scene.log).toEqual([
      'info: folder marker marker/ could not be copied: source: AccessDenied: with the [redacted]',
    ])
  })

  test('B8: a store that has stopped answering ends the walk, and is named', async () => {
    const scene = startScene({ source: manyStragglers, onPut: () => Promise.reject(unreachable()) })
    const end = await settled(scene.run())

    expect(end).toMatchObject({ status: 'rejected', reason: { failure: { code: 'unreachable', side: 'destination', permanent: false } } })
    expect((end as PromiseRejectedResult).reason).toBeInstanceOf(ListingFailedError)
    expect(scene.keysOf('PutObject').length).toBeLessThan(3 * 40)
  })

  test.each([
    ['source', 'GetObject', 'answers', () => ({})],
    ['destination', 'PutObject', 'answers', () => ({})],
    // A key may be good for less than a listing of its own; what refuses it is there.
    ['destination', 'PutObject', 'refuses', () => Promise.reject(refusal('AccessDenied', 403))],
  ] as const)('B8: a %s that fails each %s, but %s when it is asked for one key, ends nothing', async (side, name, _how, onList) => {
    const onRequest: Answer = (request) => {
      if (request.name === name) throw refusal('InternalError', 500)
      if (request.name === 'ListObjectsV2') return onList()
    }
    const answers = side === 'source' ? { onGet: onRequest } : { onPut: onRequest }
    const scene = startScene({ source: manyStragglers, ...answers })
    expect(await settled(scene.run())).toMatchObject({ status: 'fulfilled' })

    for (const { key } of manyStragglers) expect(scene.failures.find(key)).toMatchObject({ reason: 'unreachable' })
    const asked = scene.requests.filter((request) => request.name === 'ListObjectsV2')
    expect(asked).toHaveLength(6)
    expect(asked[0]?.input).toMatchObject({ Bucket: 'bucket', MaxKeys: 1 })
  })

  test('S15: a stop ends it quietly', async () => {
    const scene = startScene({ source: manyStragglers, onPut: () => scene.stop.abort() })
    expect(await settled(scene.run())).toMatchObject({ status: 'fulfilled' })
    expect(scene.log).toEqual([])
    expect(scene.failures.find('a//001')).toBeNull()
    expect(scene.keysOf('GetObject').length).toBeLessThan(20)
  })
})
