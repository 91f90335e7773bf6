import { createHash } from 'node:crypto'
import { once } from 'node:events'
import type { IncomingHttpHeaders } from 'node:http'
import type { Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Request, RequestError } from 'got'
import { endpoints } from '#shared/contract/endpoints.ts'
import { err, ok, type Result } from '#shared/domain/result.ts'
import type { Secret } from '#shared/domain/secret.ts'
import type { AppProblem } from '#shared/ipc/problems.ts'
import { notUnderstood, problemFromErrorResponse, problemFromNetworkError } from './api-problem-rules.ts'
import {
  type ApiClientOptions,
  apiHeaders,
  callUrl,
  type CallInput,
  type FileEndpointName,
  openingTimeout,
  ownLine,
} from './api-request.ts'

export interface FileFacts {
  readonly bytes: number
  /** In hex. */
  readonly sha256: string
}

export interface DownloadTarget {
  /** Called once the file is on its way. What it or the stream throws is thrown on. */
  readonly openSink: () => Promise<Writable>
  /** Ends the download early, with a problem for an answer. */
  readonly signal: AbortSignal
}

/**
 * Streams a file of the API into the sink, in constant memory, and compares it with the length and the SHA-256 that
 * the API announces. `report-damaged`: it came otherwise, and what the sink has got is worth nothing.
 */
export type DownloadFile = <N extends FileEndpointName>(
  name: N,
  apiKey: Secret,
  input: CallInput<N>,
  target: DownloadTarget,
) => Promise<Result<FileFacts, AppProblem>>

interface DownloadOptions extends ApiClientOptions {
  /** Nothing came for so long: nobody is there any more. A file as a whole may take as long as it needs. */
  readonly silenceLimitMs?: number
}

const SILENCE_LIMIT_MS = 30_000
const MAX_ERROR_BYTES = 64 * 1024

export function createFileDownload(options: DownloadOptions): DownloadFile {
  const { origin, userAgent, silenceLimitMs = SILENCE_LIMIT_MS } = options
  return async (name, apiKey, input, { openSink, signal }) => {
    const { default: got, RequestError } = await import('got')
    // The table ties name and input together; a type parameter loses that.
    const stream = got.stream(callUrl(endpoints[name], input as object, origin), {
      // As it is: length and digest are those of the file, not of something that was packed on the way.
      headers: { ...apiHeaders(apiKey, userAgent), accept: '*/*', 'accept-encoding': 'identity' },
      agent: ownLine,
      decompress: false,
      timeout: { ...openingTimeout, socket: silenceLimitMs },
      retry: { limit: 0 },
      throwHttpErrors: false,
      followRedirect: false,
      signal,
    })
    // Told where it is awaited; in between nobody may be listening.
    stream.on('error', () => undefined)
    try {
      await once(stream, 'response')
      return await receive(stream, openSink)
    } catch (error) {
      if (error instanceof RequestError) return err(problemFromBreak(error, stream.response?.statusCode))
      throw error
    } finally {
      stream.destroy()
    }
  }
}

async function receive(stream: Request, openSink: DownloadTarget['openSink']): Promise<Result<FileFacts, AppProblem>> {
  const { statusCode = 0, headers = {} } = stream.response ?? {}
  if (statusCode >= 400) return err(problemFromErrorResponse(statusCode, await readText(stream)))
  const announced = announcedFacts(headers)
  if (statusCode !== 200 || announced === null) return err(notUnderstood)
  const hash = createHash('sha256')
  let bytes = 0
  const measure = async function* (chunks: AsyncIterable<Buffer>) {
    for await (const chunk of chunks) {
      hash.update(chunk)
      bytes += chunk.length
      yield chunk
    }
  }
  await pipeline(stream, measure, await openSink())
  const sha256 = hash.digest('hex')
  if (bytes !== announced.bytes || sha256 !== announced.sha256) return err({ code: 'report-damaged' })
  return ok({ bytes, sha256 })
}

/** Null where the answer cannot be checked: then it is not from our API, or has been through a proxy that changes it. */
function announcedFacts(headers: IncomingHttpHeaders): FileFacts | null {
  const digest = /(?:^|,)\s*sha-256=:([A-Za-z0-9+/]{43}=):/.exec(String(headers['repr-digest'] ?? ''))?.[1]
  const length = headers['content-length']
  if (digest === undefined || length === undefined) return null
  return { bytes: Number(length), sha256: Buffer.from(digest, 'base64').toString('hex') }
}

/** Cut short while it came is damaged; silence, or no answer at all, is the network's doing. */
function problemFromBreak({ code }: RequestError, statusCode: number | undefined): AppProblem {
  if (statusCode !== 200 || code === 'ETIMEDOUT') return problemFromNetworkError(code)
  return { code: 'report-damaged', reference: code }
}

async function readText(stream: Request): Promise<string> {
  let text = ''
  for await (const chunk of stream.setEncoding('utf8') as AsyncIterable<string>) {
    text += chunk
    if (text.length > MAX_ERROR_BYTES) return ''
  }
  return text
}
