import { z } from 'zod'
import { type SealedSecret, sealedSecretSchema } from '#shared/contract/schemas.ts'

/**
 * What notifications from the database mean to the jobs of this worker. Nothing here is trusted to arrive:
 * the loop polls for jobs, each lease renewal sees a cancel, and a lost sealed secret is asked for again.
 */
export interface WorkerSignals {
  /** A queued job, or a cancel that may be of a job nobody holds: look at the table. */
  readonly onWork: (listener: () => void) => Unsubscribe
  readonly onCancelRequested: (migrationId: string, listener: () => void) => Unsubscribe
  /** A sealed secret for this key. Subscribe before the key is published. */
  readonly onSealed: (keyId: string, listener: (sealed: SealedSecret) => void) => Unsubscribe
  /** The connection was away for a while, so notifications may have been lost. */
  readonly onReconnected: (listener: () => void) => Unsubscribe
}
export type Unsubscribe = () => void

/** Where the listener puts what it hears; payloads are the raw texts of NOTIFY. */
export interface SignalInlet {
  readonly migrationQueued: () => void
  readonly cancelRequested: (payload: string) => void
  readonly secretSealed: (payload: string) => void
  readonly reconnected: () => void
}

const migrationPayloadSchema = z.object({ migrationId: z.uuid() })
const sealedPayloadSchema = z.object({ migrationId: z.uuid(), sealed: sealedSecretSchema })

export function createWorkerSignals(): { readonly signals: WorkerSignals; readonly inlet: SignalInlet } {
  const work = createTopic<null>()
  const cancels = createTopic<string>()
  const sealedSecrets = createTopic<SealedSecret>()
  const reconnects = createTopic<null>()
  return {
    signals: {
      onWork: work.subscribe,
      onCancelRequested: (migrationId, listener) =>
        cancels.subscribe((id) => {
          if (id === migrationId) listener()
        }),
      onSealed: (keyId, listener) =>
        sealedSecrets.subscribe((sealed) => {
          if (sealed.keyId === keyId) listener(sealed)
        }),
      onReconnected: reconnects.subscribe,
    },
    inlet: {
      migrationQueued: () => work.publish(null),
      cancelRequested(payload) {
        const parsed = parsePayload(migrationPayloadSchema, payload)
        if (parsed !== null) cancels.publish(parsed.migrationId)
        work.publish(null)
      },
      secretSealed(payload) {
        const parsed = parsePayload(sealedPayloadSchema, payload)
        if (parsed !== null) sealedSecrets.publish(parsed.sealed)
      },
      reconnected() {
        reconnects.publish(null)
        work.publish(null)
      },
    },
  }
}

/** Null for a payload of another release or another program: whoever may NOTIFY is not thereby believed. */
function parsePayload<T>(schema: z.ZodType<T>, payload: string): T | null {
  try {
    return schema.parse(JSON.parse(payload))
  } catch {
    return null
  }
}

function createTopic<T>() {
  const listeners = new Set<(value: T) => void>()
  return {
    publish: (value: T): void => [...listeners].forEach((listener) => listener(value)),
    subscribe: (listener: (value: T) => void): Unsubscribe => {
      // A wrapper, so that one function subscribed twice is two subscriptions.
      const own = (value: T): void => listener(value)
      listeners.add(own)
      return () => void listeners.delete(own)
    },
  }
}
