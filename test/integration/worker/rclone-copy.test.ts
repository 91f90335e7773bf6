import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { createServer, request, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { dirname, join } from 'node:path'
import { GetObjectCommand, HeadObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Secret } from '#shared/domain/secret.ts'
import { MIB } from '#shared/domain/units.ts'
import { chooseGuard } from '../../../server/worker/rclone/parent-death-guard.ts'
import {
  type CopyJobOptions,
  type CopyOutcome,
  type CopyProgress,
  startCopyJob,
} from '../../../server/worker/rclone/rclone-copy-job.ts'
import type { RcloneLogEntry } from '../../../server/worker/rclone/rclone-log-parser.ts'
import { startRcloneProcess } from '../../../server/worker/rclone/rclone-process.ts'
import { findRclonePath, type S3Endpoint, startS3Endpoint } from '../../support/s3-endpoint.ts'

const rclonePath = findRclonePath()
const sourceKey = { accessKeyId: 'SOURCEKEY01', secretAccessKey: 'src-S3cret/with+odd=chars' }
const destinationKey = { accessKeyId: 'DESTKEY0001', secretAccessKey: 'dst-S3cret/with+odd=chars' }

let source: S3Endpoint
let destination: S3Endpoint
let log: RcloneLogEntry[]
const cleanups: (() => Promise<void>)[] = []

beforeEach(async () => {
  log = []
  source = await startS3Endpoint({ buckets: ['from'], ...sourceKey })
  destination = await startS3Endpoint({ buckets: ['to'], ...destinationKey })
  cleanups.push(
    () => source.stop(),
    () => destination.stop(),
  )
})

afterEach(async () => {
  await Promise.all(cleanups.splice(0).map((cleanup) => cleanup()))
})

const sourceEnd = (endpoint = source.endpoint, secret = sourceKey.secretAccessKey, bucket = 'from') => ({
  location: { endpoint, region: 'us-east-1', bucket },
  credentials: { accessKeyId: sourceKey.accessKeyId, secretAccessKey: Secret.of(secret) },
})
const destinationEnd = (endpoint = destination.endpoint, secret = destinationKey.secretAccessKey, bucket = 'to') => ({
  location: { endpoint, region: 'us-east-1', bucket },
  credentials: { accessKeyId: destinationKey.accessKeyId, secretAccessKey: Secret.of(secret) },
})

function startCopy(options: Partial<CopyJobOptions> = {}) {
  return startCopyJob({
    rclonePath,
    source: sourceEnd(),
    destination: destinationEnd(),
    target: { kind: 'bucket' },
    destinationPrefix: '',
    capBytesPerSecond: null,
    onProgress: () => undefined,
    onLog: (entry) => log.push(entry),
    ...options,
  })
}

const copy = (options: Partial<CopyJobOptions> = {}): Promise<CopyOutcome> => startCopy(options).finished

async function seed(objects: Readonly<Record<string, string | Buffer>>): Promise<void> {
  for (const [key, body] of Object.entries(objects)) {
    const path = join(source.dataDir, 'from', key)
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, body)
  }
}

const seedMany = (count: number, bytes: number): Promise<void> =>
  seed(Object.fromEntries(Array.from({ length: count }, (_, at) => [`f${at}`, Buffer.alloc(bytes, at)])))

async function destinationFiles(): Promise<Record<string, string>> {
  const root = join(destination.dataDir, 'to')
  const files: Record<string, string> = {}
  for (const entry of await readdir(root, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name)
    if (entry.isFile()) files[path.slice(root.length + 1)] = await readFile(path, 'utf8')
  }
  return files
}

/** A test double in front of a real endpoint: answers chosen requests itself, or never (`hang`). */
type Fault = { readonly status: number; readonly code: string } | 'hang' | null

async function faultProxy(target: S3Endpoint, faultFor: (request: IncomingMessage) => Fault): Promise<string> {
  const server = createServer((incoming, answer) => {
    const fault = faultFor(incoming)
    if (fault === 'hang') return
    if (fault !== null) {
      incoming.resume()
      answer.writeHead(fault.status, { 'content-type': 'application/xml' })
      answer.end(`<?xml version="1.0"?><Error><Code>${fault.code}</Code><Message>told to</Message></Error>`)
      return
    }
    const { method, url, headers } = incoming
    const onward = request({ host: '127.0.0.1', port: target.port, method, path: url, headers }, (inner) => {
      answer.writeHead(inner.statusCode ?? 500, inner.rawHeaders)
      inner.pipe(answer)
    })
    onward.on('error', () => answer.destroy())
    incoming.pipe(onward)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  cleanups.push(async () => {
    server.closeAllConnections()
    server.close()
    await once(server, 'close')
  })
  return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`
}

const isRead = (incoming: IncomingMessage, key: string): boolean =>
  incoming.method === 'GET' && new URL(incoming.url ?? '', 'http://x').pathname === `/from/${key}`

function isAlive(pid: number): boolean {
  // A zombie that nobody has reaped yet is dead for our purpose.
  return existsSync(`/proc/${pid}/stat`) && !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
}

describe('what is copied', () => {
  const odd = ['a b/ü é.txt', 'plus+and%.txt', 'q\'"<>*[].txt', 'emoji😀', 'tab\tkey', 'a=b&c?d#e', 'x/y/z/deep', ' lead', 'trail ']

  it('copies a bucket with odd and empty objects, and skips on a second run what is there', async () => {
    await seed({ ...Object.fromEntries(odd.map((key) => [key, key])), empty: '' })
    const progress: CopyProgress[] = []
    const outcome = await copy({ destinationPrefix: 'backup/', onProgress: (now) => progress.push(now) })

    expect(outcome).toMatchObject({ kind: 'succeeded', copiedObjects: odd.length + 1, checkedObjects: 0, failedObjectCount: 0 })
    expect(await destinationFiles()).toEqual({
      ...Object.fromEntries(odd.map((key) => [`backup/${key}`, key])),
      'backup/empty': '',
    })
    const bytes = odd.reduce((sum, key) => sum + Buffer.byteLength(key), 0)
    expect(outcome.copiedBytes).toBe(bytes)
    expect(progress.at(-1)).toMatchObject({ copiedBytes: bytes, copiedObjects: odd.length + 1 })

    expect(await copy({ destinationPrefix: 'backup/' })).toMatchObject({
      kind: 'succeeded',
      copiedObjects: 0,
      checkedObjects: odd.length + 1,
    })
  })

  it('copies what is below a folder, and neither its namesake nor its neighbours', async () => {
    await seed({ 'photos/a': '1', 'photos/sub/b': '2', photosX: '3', 'photosX2/c': '4' })
    const outcome = await copy({ target: { kind: 'folder', prefix: 'photos/' }, destinationPrefix: '2026/' })
    expect(outcome).toMatchObject({ kind: 'succeeded', copiedObjects: 2 })
    expect(await destinationFiles()).toEqual({ '2026/a': '1', '2026/sub/b': '2' })
  })

  it('copies one object by its exact key', async () => {
    await seed({ 'docs/report.pdf': 'report', 'docs/report.pdf.bak': 'no' })
    const outcome = await copy({ target: { kind: 'object', key: 'docs/report.pdf' }, destinationPrefix: 'inbox/' })
    expect(outcome).toMatchObject({ kind: 'succeeded', copiedObjects: 1, copiedBytes: 6 })
    expect(await destinationFiles()).toEqual({ 'inbox/report.pdf': 'report' })
  })

  it('keeps content type, cache control and user metadata, and a body that needs multipart', async () => {
    const clientFor = (end: S3Endpoint, credentials: typeof sourceKey) =>
      new S3Client({ endpoint: end.endpoint, region: 'us-east-1', forcePathStyle: true, credentials, requestChecksumCalculation: 'WHEN_REQUIRED', responseChecksumValidation: 'WHEN_REQUIRED' })
    const from = clientFor(source, sourceKey)
    const big = Buffer.alloc(260 * MIB, 'carolina')
    await from.send(new PutObjectCommand({ Bucket: 'from', Key: 'page', Body: 'x', ContentType: 'text/x-page', CacheControl: 'max-age=7', ContentDisposition: 'inline', Metadata: { owner: 'me' } }))
    await from.send(new PutObjectCommand({ Bucket: 'from', Key: 'big', Body: big, ContentType: 'text/x-big' }))

    expect(await copy()).toMatchObject({ kind: 'succeeded', copiedObjects: 2, copiedBytes: big.length + 1 })
    const to = clientFor(destination, destinationKey)
    expect(await to.send(new HeadObjectCommand({ Bucket: 'to', Key: 'page' }))).toMatchObject({
      ContentType: 'text/x-page',
      CacheControl: 'max-age=7',
      ContentDisposition: 'inline',
      Metadata: { owner: 'me' },
    })
    const copied = await to.send(new GetObjectCommand({ Bucket: 'to', Key: 'big' }))
    expect(copied.ContentType).toBe('text/x-big')
    const body = await copied.Body?.transformToByteArray()
    expect(body !== undefined && big.equals(body)).toBe(true)
  })
})

describe('how it fails', () => {
  it.each([
    ['source', 'signature-mismatch', () => ({ source: sourceEnd(undefined, 'wrong') })],
    ['destination', 'signature-mismatch', () => ({ destination: destinationEnd(undefined, 'wrong') })],
    ['source', 'bucket-not-found', () => ({ source: sourceEnd(undefined, undefined, 'nowhere') })],
    ['destination', 'bucket-not-found', () => ({ destination: destinationEnd(undefined, undefined, 'nowhere') })],
    ['source', 'source-not-found', () => ({ target: { kind: 'object', key: 'nope' } as const })],
    ['source', 'unreachable', () => ({ source: sourceEnd('http://127.0.0.1:9'), maxAttempts: 1 })],
  ] as const)('tells the %s: %s', async (side, code, options) => {
    await seed({ a: '1', b: '2' })
    const outcome = await copy(options())
    expect(outcome).toMatchObject({ kind: 'failed', copiedObjects: 0, failure: { side, code } })
  })

  it('copies everything but archived objects, and names those', async () => {
    await seed({ 'in/a': '1', 'in/old': '2', 'in/b': '3' })
    const endpoint = await faultProxy(source, (incoming) =>
      isRead(incoming, 'in/old') ? { status: 403, code: 'InvalidObjectState' } : null,
    )
    const outcome = await copy({ source: sourceEnd(endpoint), target: { kind: 'folder', prefix: 'in/' } })
    expect(outcome).toMatchObject({
      kind: 'failed',
      copiedObjects: 2,
      failedObjectCount: 1,
      failure: { code: 'archived-object', side: 'source', permanent: true },
      failedObjects: [{ key: 'in/old', failure: { code: 'archived-object' } }],
    })
    expect(Object.keys(await destinationFiles()).toSorted()).toEqual(['a', 'b'])
  })

  it('tries again what failed for a passing reason, and then succeeds', async () => {
    await seed({ a: '1', b: '2' })
    let refusals = 0
    const endpoint = await faultProxy(source, (incoming) => {
      if (!isRead(incoming, 'a') || refusals >= 1) return null
      refusals += 1
      // Not retried inside rclone, so that the job itself has to.
      return { status: 400, code: 'Peculiar' }
    })
    expect(await copy({ source: sourceEnd(endpoint) })).toMatchObject({
      kind: 'succeeded',
      copiedObjects: 2,
      copiedBytes: 2,
      checkedObjects: 1,
      failedObjectCount: 0,
    })
    expect(refusals).toBe(1)
  })

  it('stops reading the source as soon as the destination refuses for good', async () => {
    await seedMany(400, 100)
    let reads = 0
    const from = await faultProxy(source, (incoming) => {
      if (incoming.url?.startsWith('/from/f') === true) reads += 1
      return null
    })
    const to = await faultProxy(destination, (incoming) =>
      incoming.method === 'PUT' ? { status: 403, code: 'QuotaExceeded' } : null,
    )
    const outcome = await copy({ source: sourceEnd(from), destination: destinationEnd(to), maxFailedObjects: 3 })
    expect(outcome).toMatchObject({ kind: 'failed', failure: { code: 'quota-exceeded', side: 'destination' } })
    expect(outcome.failedObjects.length).toBeLessThanOrEqual(3)
    expect(reads).toBeLessThan(400)
  })

  it('asks what to do when nothing moves, and ends as told', async () => {
    await seed({ a: '1' })
    const endpoint = await faultProxy(source, (incoming) => (isRead(incoming, 'a') ? 'hang' : null))
    let asked = 0
    const failure = { code: 'unreachable', side: 'source', permanent: false, exitCode: 1, message: 'probe failed' } as const
    const outcome = await copy({
      source: sourceEnd(endpoint),
      stallAfterMs: 500,
      onStalled: () => Promise.resolve((asked += 1) < 2 ? null : failure),
    })
    expect(outcome).toMatchObject({ kind: 'failed', failure })
    expect(asked).toBe(2)
  })

  it('says so when rclone cannot be started, or dies', async () => {
    expect(await copy({ rclonePath: '/nowhere/rclone' })).toMatchObject({
      kind: 'failed',
      failure: { code: 'copy-failed', side: 'worker' },
    })
    await seedMany(4, MIB)
    const pids = new Set(await rclonePids())
    let isCopying = false
    const job = startCopy({ capBytesPerSecond: MIB / 2, onProgress: () => (isCopying = true) })
    const pid = await newRclonePid(pids)
    await expect.poll(() => isCopying, { timeout: 10_000 }).toBe(true)
    process.kill(pid, 'SIGKILL')
    expect(await job.finished).toMatchObject({
      kind: 'failed',
      failure: { side: 'worker', message: 'rclone ended unexpectedly' },
    })
  })
})

/** rclone's folder, which holds its socket, as its environment names it. */
async function controlFolder(pid: number): Promise<string> {
  const environ = await readFile(`/proc/${pid}/environ`, 'utf8')
  return environ.split('\0').find((pair) => pair.startsWith('TMPDIR='))?.slice('TMPDIR='.length) ?? 'none'
}

/** The first rclone job process of ours that was not there before. */
async function newRclonePid(known: ReadonlySet<number>): Promise<number> {
  let pid: number | undefined
  await expect.poll(async () => (pid = (await rclonePids()).find((one) => !known.has(one))), { timeout: 10_000 }).toBeDefined()
  return pid ?? 0
}

async function rclonePids(): Promise<readonly number[]> {
  const children = await readFile(`/proc/self/task/${process.pid}/children`, 'utf8')
  return children.trim().split(' ').map(Number).filter((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('\0rcd\0'))
}

describe('cap and cancel', () => {
  it('keeps the whole job under its cap, which can be lifted while it runs', async () => {
    await seedMany(8, MIB)
    const startedAt = performance.now()
    expect(await copy({ capBytesPerSecond: 4 * MIB, destinationPrefix: 'slow/' })).toMatchObject({ copiedBytes: 8 * MIB })
    const cappedMs = performance.now() - startedAt
    // The bucket of tokens may start full: the first tenths of a second are free.
    expect(cappedMs).toBeGreaterThan(1_500)

    const job = startCopy({ capBytesPerSecond: 64 * 1024, destinationPrefix: 'lifted/' })
    await expect.poll(() => job.setCap(null), { timeout: 10_000 }).toBe(true)
    // Held to 64 KiB/s this would take two minutes.
    expect(await job.finished).toMatchObject({ kind: 'succeeded', copiedObjects: 8 })
  }, 30_000)

  it('cancels within two seconds and leaves what was copied, whole objects only', async () => {
    await seed({ small: 'x'.repeat(1_000) })
    await seedMany(4, 8 * MIB)
    const job = startCopy({ capBytesPerSecond: MIB })
    await expect.poll(() => log.some((entry) => entry.message.startsWith('Copied')), { timeout: 10_000 }).toBe(true)
    const askedAt = performance.now()
    await job.cancel()
    expect(performance.now() - askedAt).toBeLessThan(2_000)
    const outcome = await job.finished
    expect(outcome).toMatchObject({ kind: 'cancelled', failedObjectCount: 0 })
    const files = await destinationFiles()
    expect(files['small']).toBe('x'.repeat(1_000))
    expect(Object.keys(files)).toHaveLength(outcome.copiedObjects)
    expect(await job.setCap(1)).toBe(false)
  })

  it('can be cancelled while rclone is starting', async () => {
    await seed({ a: '1' })
    const job = startCopy()
    await job.cancel()
    expect(await job.finished).toMatchObject({ kind: 'cancelled', copiedObjects: 0 })
  })
})

describe('what leaks and what stays', () => {
  it('puts no secret into log, argv or environment, and leaves no process and no folder', async () => {
    await seedMany(4, MIB)
    const known = new Set(await rclonePids())
    const job = startCopy({ capBytesPerSecond: MIB })
    const pid = await newRclonePid(known)
    await expect.poll(() => log.length > 0).toBe(true)
    for (const file of ['cmdline', 'environ']) {
      const text = await readFile(`/proc/${pid}/${file}`, 'utf8')
      for (const secret of [sourceKey.secretAccessKey, destinationKey.secretAccessKey]) expect(text).not.toContain(secret)
    }
    const environ = (await readFile(`/proc/${pid}/environ`, 'utf8')).split('\0').map((pair) => pair.split('=')[0])
    expect(environ.filter(Boolean).toSorted()).toEqual(['HOME', 'PATH', 'RCLONE_RC_PASS', 'RCLONE_RC_USER', 'TMPDIR'])
    const folder = await controlFolder(pid)
    expect(existsSync(folder)).toBe(true)
    await job.cancel()
    await copy({ source: sourceEnd(undefined, 'wrong-but-S3cret') })
    expect(JSON.stringify(log)).not.toContain('S3cret')
    expect(isAlive(pid)).toBe(false)
    expect(existsSync(folder)).toBe(false)
  })

  it.each([
    ['kernel', ['/usr/bin/setpriv']],
    ['watchdog', []],
  ] as const)('dies with a worker that is killed outright (%s)', async (kind, setprivCandidates) => {
    if (kind === 'kernel' && chooseGuard(setprivCandidates).kind !== 'kernel') return
    const folder = join(import.meta.dirname, '../../../server/worker/rclone')
    const program = `
      import { startRcloneProcess } from ${JSON.stringify(join(folder, 'rclone-process.ts'))}
      import { chooseGuard } from ${JSON.stringify(join(folder, 'parent-death-guard.ts'))}
      const guard = chooseGuard(${JSON.stringify(setprivCandidates)})
      const started = await startRcloneProcess({ rclonePath: ${JSON.stringify(rclonePath)}, capBytesPerSecond: null, maxBufferBytes: 1 << 26, onLogLine() {}, guard })
      console.log(guard.kind, started.value.pid)
      setInterval(() => undefined, 1_000)`
    const worker = spawn(process.execPath, ['--input-type=module', '-e', program], { stdio: ['ignore', 'pipe', 'inherit'] })
    cleanups.push(async () => {
      worker.kill('SIGKILL')
      await Promise.resolve()
    })
    const [said] = (await once(worker.stdout.setEncoding('utf8'), 'data')) as [string]
    const [guardKind, pidText] = said.trim().split(' ')
    const pid = Number(pidText)
    expect(guardKind).toBe(kind)
    expect(isAlive(pid)).toBe(true)
    worker.kill('SIGKILL')
    await expect.poll(() => isAlive(pid), { timeout: 5_000 }).toBe(false)
  })

  it('lets only its owner near the control socket', async () => {
    const started = await startRcloneProcess({ rclonePath, capBytesPerSecond: null, maxBufferBytes: 64 * MIB, onLogLine: () => undefined })
    if (!started.ok) throw new Error(started.error.message)
    cleanups.push(() => started.value.stop())
    const folder = await controlFolder(started.value.pid)
    expect(statSync(folder).mode & 0o777).toBe(0o700)
    const unauthorised = await new Promise<number | undefined>((resolve, reject) => {
      request({ socketPath: join(folder, 's'), path: '/rc/noop', method: 'POST', auth: 'worker:guess' }, (answer) => {
        answer.resume()
        resolve(answer.statusCode)
      }).on('error', reject).end()
    })
    expect(unauthorised).toBe(401)
  })
})
