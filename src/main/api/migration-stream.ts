import { createParser } from 'eventsource-parser'
import type { Request } from 'got'
import { endpoints } from '#shared/contract/endpoints.ts'
import { MIGRATION_EVENT_NAME, migrationEventSchema, streamSilenceLimitMs } from '#shared/contract/events.ts'
import { HEARTBEAT_HEADER, LAST_EVENT_ID_HEADER } from '#shared/contract/headers.ts'
import type { MigrationView } from '#shared/contract/schemas.ts'
import { isTerminal } from '#shared/domain/migration-state.ts'
import type { Secret } from '#shared/domain/secret.ts'
import type { AppProblem } from '#shared/ipc/problems.ts'
import {
  isConnectionProblem,
  notUnderstood,
  parseJson,
  problemFromErrorResponse,
  problemFromNetworkError,
} from './api-problem-rules.ts'
import { type ApiClientOptions, apiHeaders, callUrl, openingTimeout, ownLine } from './api-request.ts'
import { type Attempt, createAttempt } from './attempt.ts'
import { backoffMs } from './backoff-rules.ts'
import type { ConnectionReturns } from './connection-returns.ts'

export interface MigrationFollow {
  readonly migrationId: string
  readonly apiKey: Secret
  /** The revision already known; the server sends only what is newer. */
  readonly knownRevision: number
  /** `isAfterGap`: the first news after the stream had been broken. */
  readonly onMigration: (migration: MigrationView, isAfterGap?: boolean) => void
  /** The API answers: the stream is open and alive. */
  readonly onAlive: () => void
  /** The stream broke; it is tried again by itself. `heardAt`: the last sign of life, null when there was none. */
  readonly onInterrupted: (problem: AppProblem, heardAt: Date | null) => void
  /** It cannot go on: the key or the migration is not accepted any more. */
  readonly onRefused: (problem: AppProblem) => void
}

/** Follows a migration until it has ended, is refused, or the returned function is called. */
export type FollowMigration = (follow: MigrationFollow) => () => void

interface StreamOptions extends ApiClientOptions {
  /** With each one the stream is opened anew: the old one may be dead without knowing. */
  readonly returns: Pick<ConnectionReturns, 'next'>
  /** Of a beat as the API tells it. A stream that is silent for longer is dead, whatever the socket says. */
  readonly silenceLimitMs?: typeof streamSilenceLimitMs
  readonly random?: () => number
}

const MAX_EVENT_CHARACTERS = 256 * 1024
const MAX_ERROR_CHARACTERS = 64 * 1024

type ConnectionEnd =
  | { readonly kind: 'ended' }
  /** By the API, in good order: it does so now and then, and when it is restarted. */
  | { readonly kind: 'closed' }
  | { readonly kind: 'broken'; readonly problem: AppProblem }

export function createMigrationStream(options: StreamOptions): FollowMigration {
  return (follow) => {
    const attempt = createAttempt()
    void keepFollowing(follow, attempt, options)
    return attempt.end
  }
}

async function keepFollowing(follow: MigrationFollow, attempt: Attempt, options: StreamOptions): Promise<void> {
  const { random = Math.random } = options
  let revision = follow.knownRevision
  let failures = 0
  let heardAt: Date | null = null
  let isAfterGap = false
  while (!attempt.isOver()) {
    const returned = options.returns.next()
    const end = await listenOnce(options, follow, revision, AbortSignal.any([attempt.signal, returned]), {
      onAlive: () => {
        failures = 0
        heardAt = new Date()
        follow.onAlive()
      },
      onMigration: (migration) => {
        revision = migration.revision
        follow.onMigration(migration, isAfterGap)
        isAfterGap = false
      },
    })
    if (attempt.isOver() || end.kind === 'ended') return
    if (end.kind === 'closed') {
      await attempt.pause(backoffMs(1, random()), returned)
      continue
    }
    isAfterGap = true
    if (returned.aborted) continue
    if (!isConnectionProblem(end.problem)) {
      follow.onRefused(end.problem)
      return
    }
    failures++
    follow.onInterrupted(end.problem, heardAt)
    await attempt.pause(backoffMs(failures, random()), returned)
  }
}

interface ConnectionEvents {
  readonly onAlive: () => void
  readonly onMigration: (migration: MigrationView) => void
}

/** One connection from opening to its end. */
async function listenOnce(
  options: StreamOptions,
  follow: MigrationFollow,
  revision: number,
  givenUp: AbortSignal,
  events: ConnectionEvents,
): Promise<ConnectionEnd> {
  const { default: got, RequestError } = await import('got')
  const { origin, userAgent, silenceLimitMs = streamSilenceLimitMs } = options
  const silence = new AbortController()
  let timer: NodeJS.Timeout | undefined
  const url = callUrl(endpoints.streamMigration, { params: { migrationId: follow.migrationId } }, origin)
  const stream = got.stream(url, {
    headers: {
      ...apiHeaders(follow.apiKey, userAgent),
      accept: 'text/event-stream',
      ...(revision > 0 ? { [LAST_EVENT_ID_HEADER]: String(revision) } : {}),
    },
    agent: ownLine,
    timeout: openingTimeout,
    retry: { limit: 0 },
    throwHttpErrors: false,
    followRedirect: false,
    signal: AbortSignal.any([givenUp, silence.signal]),
  })
  try {
    return await readEvents(stream, {
      ...events,
      onAlive: () => {
        // From the first byte on: until then the time-outs of the opening hold.
        timer ??= setTimeout(() => silence.abort(), silenceLimitMs(heartbeatOf(stream)))
        timer.refresh()
        events.onAlive()
      },
    })
  } catch (error) {
    if (silence.signal.aborted || givenUp.aborted) return broken(problemFromNetworkError('ETIMEDOUT'))
    if (error instanceof RequestError) return broken(problemFromNetworkError(error.code))
    throw error
  } finally {
    clearTimeout(timer)
    stream.destroy()
  }
}

async function readEvents(stream: Request, events: ConnectionEvents): Promise<ConnectionEnd> {
  stream.setEncoding('utf8')
  const parser = createEventParser(events.onMigration)
  let errorBody = ''
  for await (const chunk of stream as AsyncIterable<string>) {
    const { response } = stream
    if (response?.statusCode !== 200) {
      errorBody += chunk
      if (errorBody.length > MAX_ERROR_CHARACTERS) return broken(notUnderstood)
      continue
    }
    if (!isEventStream(response.headers['content-type'])) return broken(notUnderstood)
    events.onAlive()
    const end = parser.feed(chunk)
    if (end !== null) return end
  }
  const status = stream.response?.statusCode ?? 0
  return status === 200 ? { kind: 'closed' } : broken(problemFromErrorResponse(status, errorBody))
}

/** `feed` says whether the connection is over with what was fed: a terminal state came, or nonsense. */
function createEventParser(onMigration: (migration: MigrationView) => void) {
  const ends: ConnectionEnd[] = []
  const parser = createParser({
    maxBufferSize: MAX_EVENT_CHARACTERS,
    onError: ({ type }) => {
      if (type === 'max-buffer-size-exceeded') ends.push(broken(notUnderstood))
    },
    onEvent: ({ event, data }) => {
      if (event !== MIGRATION_EVENT_NAME || ends.length > 0) return
      const migration = migrationEventSchema.safeParse(parseJson(data))
      if (!migration.success) {
        ends.push(broken(notUnderstood))
        return
      }
      onMigration(migration.data)
      if (isTerminal(migration.data.state)) ends.push({ kind: 'ended' })
    },
  })
  return {
    feed: (chunk: string): ConnectionEnd | null => {
      parser.feed(chunk)
      return ends[0] ?? null
    },
  }
}

function heartbeatOf({ response }: Request): string | undefined {
  const told = response?.headers[HEARTBEAT_HEADER.toLowerCase()]
  return typeof told === 'string' ? told : undefined
}

const isEventStream = (contentType: string | undefined): boolean =>
  contentType?.toLowerCase().startsWith('text/event-stream') ?? false

const broken = (problem: AppProblem): ConnectionEnd => ({ kind: 'broken', problem })
