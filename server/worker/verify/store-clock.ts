import type { S3Client } from '@aws-sdk/client-s3'

/** A store's own clock, read off the `Date` of its answers: its dates of objects are told by it. */
export interface StoreClock {
  /** Milliseconds by which it is ahead; 0 until an answer has told, and while it is within a few seconds. */
  readonly offsetMs: () => number
}

/** `Date` knows whole seconds, and an answer takes its time. */
const NEGLIGIBLE_MS = 5_000

/** Listens to the client's answers from now on; makes no request. */
export function watchClock(client: S3Client): StoreClock {
  let offsetMs = 0
  client.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args)
      const { headers } = result.response as { headers?: Readonly<Record<string, string | undefined>> }
      const aheadMs = Date.parse(headers?.['date'] ?? '') - Date.now()
      if (!Number.isNaN(aheadMs)) offsetMs = Math.abs(aheadMs) < NEGLIGIBLE_MS ? 0 : aheadMs
      return result
    },
    { name: 'watchClock', step: 'deserialize', priority: 'low' },
  )
  return { offsetMs: () => offsetMs }
}
