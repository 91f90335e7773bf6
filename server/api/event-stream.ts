import type { Response } from 'express'
import { MIGRATION_EVENT_NAME } from '#shared/contract/events.ts'
import { HEARTBEAT_HEADER } from '#shared/contract/headers.ts'
import type { MigrationView } from '#shared/contract/schemas.ts'
import { isTerminal } from '#shared/domain/migration-state.ts'

/** One client's event stream of one migration. */
export interface EventStream {
  /** Sends the migration if it is newer than what was sent; while the client is slow only the newest is kept. */
  offer(migration: MigrationView): void
  end(): void
}

export interface EventStreamOptions {
  readonly heartbeatMs: number
  /** From Last-Event-ID: what the client has already. */
  readonly knownRevision: number
  /** Once, however the stream ends. */
  readonly onClose: () => void
}

const RECONNECT_MS = 2_000
/** Ended then at the latest, so that the client signs in anew, whatever became of the checks of its key; not all at once. */
const MAX_STREAM_AGE_MS = 3_600_000

/** Sends the head at once. After the event of a terminal state the stream ends. */
export function openEventStream(response: Response, options: EventStreamOptions): EventStream {
  let sentRevision = options.knownRevision
  let pending: MigrationView | null = null
  let isBlocked = false
  let wasBlockedAtHeartbeat = false
  let isEnding = false
  let farewell: NodeJS.Timeout | undefined

  const write = (text: string): void => {
    isBlocked = !response.write(text)
  }
  const end = (): void => {
    if (isEnding || response.destroyed) return
    isEnding = true
    // No byte may follow the end, not even a heartbeat; a client that does not take what is left is cut off.
    clearInterval(heartbeat)
    farewell = setTimeout(() => response.destroy(), options.heartbeatMs)
    response.end()
  }
  const flush = (): void => {
    if (pending === null || isBlocked || isEnding) return
    const migration = pending
    pending = null
    sentRevision = migration.revision
    write(`id: ${String(migration.revision)}\nevent: ${MIGRATION_EVENT_NAME}\ndata: ${JSON.stringify(migration)}\n\n`)
    if (isTerminal(migration.state)) end()
  }
  const beat = (): void => {
    // Two beats without a byte taken: the client is gone or hopelessly slow. It may come back.
    if (isBlocked && wasBlockedAtHeartbeat) response.destroy()
    else if (!isBlocked) write(': heartbeat\n\n')
    wasBlockedAtHeartbeat = isBlocked
  }

  sendHead(response, options.heartbeatMs)
  write(`retry: ${String(RECONNECT_MS)}\n\n`)
  const heartbeat = setInterval(beat, options.heartbeatMs)
  const age = setTimeout(end, MAX_STREAM_AGE_MS * (0.8 + Math.random() / 5))
  response.on('drain', () => {
    isBlocked = false
    flush()
  })
  const close = (): void => {
    clearInterval(heartbeat)
    clearTimeout(age)
    clearTimeout(farewell)
    options.onClose()
  }
  // A client that left before its stream began has had its close event already.
  if (response.destroyed) queueMicrotask(close)
  else response.once('close', close)
  return {
    offer: (migration) => {
      if (migration.revision <= sentRevision || migration.revision <= (pending?.revision ?? 0)) return
      pending = migration
      flush()
    },
    end,
  }
}

function sendHead(response: Response, heartbeatMs: number): void {
  response.status(200).set({
    'Content-Type': 'text/event-stream',
    [HEARTBEAT_HEADER]: String(heartbeatMs),
    'Cache-Control': 'no-store, no-transform',
    // Tells nginx and its kin not to hold events back.
    'X-Accel-Buffering': 'no',
  })
  response.flushHeaders()
}
