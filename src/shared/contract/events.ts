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
/** A client that heard nothing for this long reconnects. */
export const STREAM_SILENCE_LIMIT_MS = 2 * HEARTBEAT_MS

export const migrationEventSchema = migrationViewSchema
