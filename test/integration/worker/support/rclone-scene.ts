import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect } from 'vitest'
import { Secret } from '#shared/domain/secret.ts'
import { createEndpointGuard, resolveHost } from '../../../../server/endpoint-guard/endpoint-guard.ts'
import type { CopyEnd } from '../../../../server/worker/rclone/copy-command-rules.ts'
import {
  type CopyJob,
  type CopyJobOptions,
  type CopyOutcome,
  startCopyJob,
} from '../../../../server/worker/rclone/rclone-copy-job.ts'
import type { RcloneLogEntry } from '../../../../server/worker/rclone/rclone-log-parser.ts'
import { findRclonePath, type S3Endpoint, startS3Endpoint } from '../../../support/s3-endpoint.ts'

export const rclonePath = findRclonePath()
export const sourceKey = { accessKeyId: 'SOURCEKEY01', secretAccessKey: 'src-S3cret/with+odd=chars' }
export const destinationKey = { accessKeyId: 'DESTKEY0001', secretAccessKey: 'dst-S3cret/with+odd=chars' }

/** What a test double in front of a real endpoint answers itself; `hang` is never, null leaves it to the endpoint. */
export type Fault =
  { readonly status: number; readonly code: string } | { readonly redirectTo: string } | 'hang' | null

/** For each test two real S3 endpoints, and what it takes to copy between them with the worker's own code. */
export interface RcloneScene {
  readonly source: S3Endpoint
  readonly destination: S3Endpoint
  /** rclone's log of this test. */
  readonly log: readonly RcloneLogEntry[]
  sourceEnd(endpoint?: string, secret?: string, bucket?: string): CopyEnd
  destinationEnd(endpoint?: string, secret?: string, bucket?: string): CopyEnd
  startCopy(options?: Partial<CopyJobOptions>): CopyJob
  copy(options?: Partial<CopyJobOptions>): Promise<CopyOutcome>
  seed(objects: Readonly<Record<string, string | Buffer>>): Promise<void>
  seedMany(count: number, bytes: number): Promise<void>
  destinationFiles(): Promise<Record<string, string>>
  /** Gives the endpoint of the double. */
  faultProxy(target: S3Endpoint, faultFor: (request: IncomingMessage) => Fault): Promise<string>
  cleanUpWith(cleanup: () => Promise<void>): void
}

export function useRcloneScene(): RcloneScene {
  let source: S3Endpoint
  let destination: S3Endpoint
  let log: RcloneLogEntry[] = []
  const cleanups: (() => Promise<void>)[] = []
  beforeEach(async () => {
    log = []
    source = await startS3Endpoint({ buckets: ['from'], ...sourceKey })
    destination = await startS3Endpoint({ buckets: ['to'], ...destinationKey })
    cleanups.push(source.stop, destination.stop)
  })
  afterEach(async () => {
    await Promise.all(cleanups.splice(0).map((cleanup) => cleanup()))
  })

  const scene: RcloneScene = {
    get source() {
      return source
    },
    get destination() {
      return destination
    },
    get log() {
      return log
    },
    sourceEnd: (endpoint = source.endpoint, secret = sourceKey.secretAccessKey, bucket = 'from') => ({
      location: { endpoint, region: 'us-east-1', bucket },
      credentials: { accessKeyId: sourceKey.accessKeyId, secretAccessKey: Secret.of(secret) },
    }),
    destinationEnd: (endpoint = destination.endpoint, secret = destinationKey.secretAccessKey, bucket = 'to') => ({
      location: { endpoint, region: 'us-east-1', bucket },
      credentials: { accessKeyId: destinationKey.accessKeyId, secretAccessKey: Secret.of(secret) },
    }),
    startCopy: (options = {}) =>
      startCopyJob({
        rclonePath,
        sourceGuard: createEndpointGuard({ isPrivateAllowed: true, resolveHost }),
        source: scene.sourceEnd(),
        destination: scene.destinationEnd(),
        target: { kind: 'bucket' },
        destinationPrefix: '',
        existing: 'replace-different',
        capBytesPerSecond: null,
        onProgress: () => undefined,
        onLog: (entry) => log.push(entry),
        stallAfterMs: 60_000,
        onStalled: () => Promise.resolve(null),
        ...options,
      }),
    copy: (options) => scene.startCopy(options).finished,
    seed: (objects) => writeObjects(join(source.dataDir, 'from'), objects),
    seedMany: (count, bytes) =>
      scene.seed(Object.fromEntries(Array.from({ length: count }, (_, at) => [`f${at}`, Buffer.alloc(bytes, at)]))),
    destinationFiles: () => readFiles(join(destination.dataDir, 'to')),
    async faultProxy(target, faultFor) {
      const { endpoint, close } = await startFaultProxy(target, faultFor)
      cleanups.push(close)
      return endpoint
    },
    cleanUpWith: (cleanup) => void cleanups.push(cleanup),
  }
  return scene
}

async function writeObjects(root: string, objects: Readonly<Record<string, string | Buffer>>): Promise<void> {
  for (const [key, body] of Object.entries(objects)) {
    const path = join(root, key)
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, body)
  }
}

async function readFiles(root: string): Promise<Record<string, string>> {
  const files: Record<string, string> = {}
  for (const entry of await readdir(root, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name)
    if (entry.isFile()) files[path.slice(root.length + 1)] = await readFile(path, 'utf8')
  }
  return files
}

async function startFaultProxy(target: S3Endpoint, faultFor: (request: IncomingMessage) => Fault) {
  const server = createServer((incoming, answer) => {
    const fault = faultFor(incoming)
    if (fault === 'hang') return
    if (fault !== null && 'redirectTo' in fault) {
      answer.writeHead(307, { location: fault.redirectTo }).end()
      return
    }
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
  return {
    endpoint: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

export const isRead = (incoming: IncomingMessage, key: string): boolean =>
  incoming.method === 'GET' && new URL(incoming.url ?? '', 'http://x').pathname === `/from/${key}`

/** The first rclone job process of ours that was not there before. */
export async function newRclonePid(known: ReadonlySet<number>): Promise<number> {
  let pid: number | undefined
  const find = async () => (pid = (await rclonePids()).find((one) => !known.has(one)))
  await expect.poll(find, { timeout: 10_000 }).toBeDefined()
  return pid ?? 0
}

export async function rclonePids(): Promise<readonly number[]> {
  const children = await readFile(`/proc/self/task/${process.pid}/children`, 'utf8')
  const isRcd = (pid: number): boolean => readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('\0rcd\0')
  return children.trim().split(' ').map(Number).filter(isRcd)
}
