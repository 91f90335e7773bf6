import type { Logger } from '../logger.ts'
import type { CallerStore } from '../stores/ports.ts'
import type { EventStream } from './event-stream.ts'

export interface KeyCheckPorts {
  /** Open streams, each with the id of the key that opened it. */
  readonly streams: () => readonly (readonly [EventStream, string])[]
  readonly keys: Pick<CallerStore, 'findStandingKeys'>
  readonly logger: Pick<Logger, 'warn'>
}

/** Ends the streams of keys that were revoked after they had opened them, by one query. Does not reject. */
export function createKeyCheck({ streams, keys, logger }: KeyCheckPorts): () => Promise<void> {
  return async () => {
    const open = streams()
    if (open.length === 0) return
    try {
      const standing = await keys.findStandingKeys([...new Set(open.map(([, keyId]) => keyId))])
      for (const [stream, keyId] of open) if (!standing.has(keyId)) stream.end()
    } catch (error) {
      logger.warn({ err: error }, 'the keys of event streams could not be checked; trying again')
    }
  }
}
