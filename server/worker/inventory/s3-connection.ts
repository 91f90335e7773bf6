import { S3Client } from '@aws-sdk/client-s3'
import type { LookupFunction } from 'node:net'
import { pipeline, Readable, Transform } from 'node:stream'
import { s3DialectFor } from '#shared/domain/s3-dialect-rules.ts'
import type { Secret } from '#shared/domain/secret.ts'
import { MIB } from '#shared/domain/units.ts'

/** One end of a migration, with what it takes to sign. */
export interface S3Side {
  readonly endpoint: string
  readonly region: string
  readonly bucket: string
  readonly accessKeyId: string
  readonly secretAccessKey: Secret
}

const CONNECT_TIMEOUT_MS = 10_000
const REQUEST_TIMEOUT_MS = 60_000
/** The SDK tries throttling, 5xx and broken connections again, with growing pauses, and nothing else. */
const MAX_TRIES = 6
/** A page of 1,000 keys of 1,024 bytes, each byte as %XX, is below 4 MiB. */
const MAX_ANSWER_BYTES = 16 * MIB

/** The SDK tells of what it does not try again; whoever called it knows. */
const silent = (): void => undefined
const silentLogger = { trace: silent, debug: silent, info: silent, warn: silent, error: silent }

/**
 * A client for one side of one job; `destroy()` it when the job ends. `lookup`, when
 * given, decides which addresses it may connect to.
 */
export function connectS3(side: S3Side, lookup?: LookupFunction, maxTries = MAX_TRIES): S3Client {
  const agent = { keepAlive: true, ...(lookup === undefined ? {} : { lookup }) }
  const client = new S3Client({
    endpoint: side.endpoint,
    region: side.region,
    forcePathStyle: s3DialectFor(side.endpoint, side.bucket).isPathStyle,
    credentials: { accessKeyId: side.accessKeyId, secretAccessKey: side.secretAccessKey.reveal() },
    maxAttempts: maxTries,
    // The SDK's newer checksums break several stores.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    logger: silentLogger,
    // For it the SDK would connect anew for each large body, by an agent of its own that knows no `lookup`.
    expectContinueHeader: false,
    requestHandler: {
      connectionTimeout: CONNECT_TIMEOUT_MS,
      requestTimeout: REQUEST_TIMEOUT_MS,
      // The body of an object has no time limit, but is to keep moving.
      socketTimeout: REQUEST_TIMEOUT_MS,
      throwOnRequestTimeout: true,
      httpAgent: agent,
      httpsAgent: agent,
    },
  })
  client.middlewareStack.add(
    (next, { commandName }) => async (args) => {
      const result = await next(args)
      const response = result.response as { body?: unknown; statusCode?: number }
      // An object is passed on as it comes; what refuses it is read into memory.
      const isObject = commandName === 'GetObjectCommand' && (response.statusCode ?? 0) < 300
      if (!isObject && response.body instanceof Readable) response.body = limitedTo(MAX_ANSWER_BYTES, response.body)
      return result
    },
    // Closest to the wire: before the answer is read and parsed.
    { name: 'limitAnswer', step: 'deserialize', priority: 'low' },
  )
  return client
}

/** A hostile store must not fill the worker's memory. */
function limitedTo(limit: number, body: Readable): Readable {
  let received = 0
  const limiter = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      received += chunk.length
      if (received > limit) done(new Error(`the store answered with more than ${limit} bytes`))
      else done(null, chunk)
    },
  })
  // Errors of either end reach the reader of the limiter.
  pipeline(body, limiter, () => undefined)
  return limiter
}
