import { createParser, type EventSourceMessage } from 'eventsource-parser'
import { type MigrationView, migrationViewSchema } from '#shared/contract/schemas.ts'
import type { Secret } from '#shared/domain/secret.ts'

export interface EventReader {
  readonly status: number
  readonly headers: Headers
  /** The next event; null when the stream has ended. */
  next(): Promise<{
    readonly id: string | undefined
    readonly event: string | undefined
    readonly migration: MigrationView
  } | null>
  /** Resolves at the next comment (heartbeat). */
  nextComment(): Promise<string | null>
  close(): void
}

/** Reads an event stream as the app does. */
export async function readEvents(
  origin: string,
  path: string,
  key: Secret,
  headers: Record<string, string> = {},
): Promise<EventReader> {
  const controller = new AbortController()
  const response = await fetch(origin + path, {
    headers: { authorization: `Bearer ${key.reveal()}`, ...headers },
    signal: controller.signal,
  })
  const events: EventSourceMessage[] = []
  const comments: string[] = []
  const parser = createParser({
    onEvent: (event) => events.push(event),
    onComment: (comment) => comments.push(comment),
  })
  const reader = (response.body as ReadableStream<Uint8Array>).getReader()
  const decoder = new TextDecoder()
  const readUntil = async <T>(take: () => T | undefined): Promise<T | null> => {
    for (;;) {
      const taken = take()
      if (taken !== undefined) return taken
      const { done, value } = await reader.read()
      if (done) return null
      parser.feed(decoder.decode(value, { stream: true }))
    }
  }
  return {
    status: response.status,
    headers: response.headers,
    next: async () => {
      const event = await readUntil(() => events.shift())
      return event === null
        ? null
        : { id: event.id, event: event.event, migration: migrationViewSchema.strict().parse(JSON.parse(event.data)) }
    },
    nextComment: () => readUntil(() => comments.shift()),
    close: () => controller.abort(),
  }
}
