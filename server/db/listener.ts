import pg from 'pg'
import type { Secret } from '#shared/domain/secret.ts'
import type { Logger } from '../logger.ts'
import { connectionSettings } from './pool.ts'

export interface ListenerOptions {
  readonly databaseUrl: Secret
  readonly applicationName: string
  readonly logger: Pick<Logger, 'info' | 'warn'>
}

export interface NotificationHandlers {
  /** By channel name (see `notifications.ts`): called with the payload's text. */
  readonly onNotification: Readonly<Record<string, (payload: string) => void>>
  /** Listening again after a time in which notifications were lost: read again what matters. */
  readonly onReturn: () => void
}

export interface NotificationListener {
  /** Resolves once it listens for the first time; keeps trying while the database is away. */
  start(): Promise<void>
  stop(): Promise<void>
}

const FIRST_RETRY_MS = 100
const LONGEST_RETRY_MS = 5_000
// A connection cut without a word (a firewall, a cable) looks alive until something is asked of it.
const PROBE_INTERVAL_MS = 10_000
const PROBE_TIMEOUT_MS = 5_000

/** One connection that listens for as long as the program runs, over every break. */
export function createNotificationListener(
  options: ListenerOptions,
  handlers: NotificationHandlers,
): NotificationListener {
  const stopped = new AbortController()
  let running: Promise<void> = Promise.resolve()

  const run = async (onFirst: () => void): Promise<void> => {
    let failures = 0
    let hasListened = false
    for (;;) {
      const ended = await listenOnce(options, handlers, stopped.signal, () => {
        failures = 0
        if (hasListened) {
          options.logger.info({}, 'listening to the database again')
          handlers.onReturn()
        }
        hasListened = true
        onFirst()
      })
      if (stopped.signal.aborted) return
      if (failures === 0) options.logger.warn({ err: ended }, 'the listening connection broke; trying again')
      await pause(Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** failures), stopped.signal)
      failures++
    }
  }

  return {
    start: () =>
      new Promise((resolve) => {
        running = run(resolve).finally(resolve)
      }),
    stop: async () => {
      stopped.abort()
      await running
    },
  }
}

/** Listens until the connection breaks or `signal` says stop; returns why it ended. */
async function listenOnce(
  options: ListenerOptions,
  handlers: NotificationHandlers,
  signal: AbortSignal,
  onListening: () => void,
): Promise<unknown> {
  const client = new pg.Client({
    ...connectionSettings(options.databaseUrl, options.applicationName),
    query_timeout: PROBE_TIMEOUT_MS,
  })
  let onAbort = (): void => undefined
  const ended = new Promise<unknown>((resolve) => {
    client.on('error', resolve)
    client.on('end', () => resolve(new Error('connection ended')))
    onAbort = () => resolve(null)
  })
  signal.addEventListener('abort', onAbort)
  client.on('notification', ({ channel, payload }) => handlers.onNotification[channel]?.(payload ?? ''))
  let probe: NodeJS.Timeout | undefined
  try {
    await client.connect()
    for (const channel of Object.keys(handlers.onNotification))
      await client.query(`LISTEN ${client.escapeIdentifier(channel)}`)
    onListening()
    const failed = new Promise<unknown>((resolve) => {
      probe = setInterval(() => void client.query('SELECT 1').catch(resolve), PROBE_INTERVAL_MS)
    })
    return await Promise.race([ended, failed])
  } catch (error) {
    return error
  } finally {
    clearInterval(probe)
    signal.removeEventListener('abort', onAbort)
    endQuietly(client)
  }
}

// Not awaited: on a dead connection the farewell itself would wait for the network's own timeout.
function endQuietly(client: pg.Client): void {
  client.end().catch(() => undefined)
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, ms)
    signal.addEventListener('abort', done, { once: true })
  })
}
