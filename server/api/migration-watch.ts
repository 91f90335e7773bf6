import type { MigrationView } from '#shared/contract/schemas.ts'
import { isTerminal } from '#shared/domain/migration-state.ts'
import type { Logger } from '../logger.ts'
import type { Caller, CallerStore, MigrationChanges } from '../stores/ports.ts'
import type { EventStream } from './event-stream.ts'
import { createKeyCheck } from './key-check.ts'
import { createStreamQuota } from './stream-quota.ts'
import { createTicker } from './ticker.ts'

export interface MigrationWatchPorts {
  readonly changes: MigrationChanges
  readonly keys: Pick<CallerStore, 'findStandingKeys'>
  readonly logger: Pick<Logger, 'info' | 'warn'>
  /** Between two looks at the database when nothing calls for an earlier one. */
  readonly tickMs: number
  /** Between two checks that the keys of open streams still stand. */
  readonly keyCheckMs: number
}

/** Feeds all event streams of this process with one query per tick, and ends those of revoked keys. */
export interface MigrationWatch {
  /** Null when the account has too many streams; else `open` is called for the stream to feed. */
  add(caller: Caller, migration: MigrationView, open: (onClose: () => void) => EventStream): EventStream | null
  /** A migration has changed, says the database: look sooner. */
  noteChange(migrationId: string): void
  /** Notifications may have been lost: look sooner. */
  noteGap(): void
  start(): void
  /** Ends all streams. */
  stop(): void
}

interface Watched {
  /** The newest that is known; its revision is what the next query compares with. */
  latest: MigrationView
  /** With the id of the key that opened each. */
  readonly streams: Map<EventStream, string>
}

const MAX_STREAMS_PER_ACCOUNT = 10
const NOTICE_DELAY_MS = 50

export function createMigrationWatch(ports: MigrationWatchPorts): MigrationWatch {
  const { changes, keys, logger, tickMs, keyCheckMs } = ports
  const watchedById = new Map<string, Watched>()
  const quota = createStreamQuota(MAX_STREAMS_PER_ACCOUNT)
  const look = createLook(watchedById, changes, logger)
  const ticker = createTicker({ tickMs, soonMs: NOTICE_DELAY_MS, work: look })
  const checkKeys = createKeyCheck({
    streams: () => [...watchedById.values()].flatMap(({ streams }) => [...streams]),
    keys,
    logger,
  })
  const keyTicker = createTicker({ tickMs: keyCheckMs, soonMs: keyCheckMs, work: checkKeys })
  return {
    add: ({ keyId, account: { id: accountId } }, migration, open) => {
      if (!quota.take(accountId)) return null
      const watched = watchedById.get(migration.id) ?? { latest: migration, streams: new Map<EventStream, string>() }
      const stream = open(() => {
        quota.giveBack(accountId)
        watched.streams.delete(stream)
        if (watched.streams.size === 0) watchedById.delete(migration.id)
      })
      watchedById.set(migration.id, watched)
      watched.streams.set(stream, keyId)
      publish(watched, migration)
      return stream
    },
    noteChange: (migrationId) => {
      if (watchedById.has(migrationId)) ticker.soon()
    },
    noteGap: () => ticker.soon(),
    start: () => {
      ticker.start()
      keyTicker.start()
    },
    stop: () => {
      ticker.stop()
      keyTicker.stop()
      for (const { streams } of watchedById.values()) for (const stream of streams.keys()) stream.end()
    },
  }
}

function publish(watched: Watched, migration: MigrationView): void {
  if (migration.revision > watched.latest.revision) watched.latest = migration
  for (const stream of watched.streams.keys()) stream.offer(watched.latest)
}

/** One look: asks for what has moved on since the last one and publishes it. Does not reject. */
function createLook(
  watchedById: ReadonlyMap<string, Watched>,
  changes: MigrationChanges,
  logger: MigrationWatchPorts['logger'],
) {
  let isFailing = false
  return async (): Promise<void> => {
    // What has ended does not change any more; its streams are only being drained.
    const open = [...watchedById.values()].filter(({ latest }) => !isTerminal(latest.state))
    if (open.length === 0) return
    try {
      for (const migration of await changes.findNewer(open.map(({ latest }) => latest))) {
        const watched = watchedById.get(migration.id)
        if (watched !== undefined) publish(watched, migration)
      }
      if (isFailing) logger.info({}, 'event streams are fed again')
      isFailing = false
    } catch (error) {
      // Streams stay open and get what they missed once the database is back.
      if (!isFailing) logger.warn({ err: error }, 'event streams could not be fed; trying again each tick')
      isFailing = true
    }
  }
}
