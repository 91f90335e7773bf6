import { migrationViewSchema } from './schemas.ts'

/**
 * The event stream of one migration (`text/event-stream`). Each event is the whole migration, so a
 * resumed stream needs no history: with `Last-Event-ID` the server sends the present state only if its
 * revision is newer. `id` is the revision. A comment line comes at least every `HEARTBEAT_MS`; after
 * the event of a terminal state the server closes the stream.
 */
export const MIGRATION_EVENT_NAME = 'migration'
/** Short, as it decides how soon a laptop notices that its network is gone; a live migration is heard each second anyway. */
export const HEARTBEAT_MS = 3_000
const SHORTEST_SILENCE_MS = 2 * HEARTBEAT_MS
const LONGEST_SILENCE_MS = 45_000

/**
 * A client that heard nothing for so long reconnects. `heartbeatMs` is what the API says of itself; one that says nothing
 * is older than that and beats every fifteen seconds.
 */
export function streamSilenceLimitMs(heartbeatMs: string | undefined): number {
  const limit = 2 * Number(heartbeatMs ?? Number.NaN)
  return limit > 0 ? Math.min(LONGEST_SILENCE_MS, Math.max(SHORTEST_SILENCE_MS, limit)) : LONGEST_SILENCE_MS
}

export const migrationEventSchema = migrationViewSchema
