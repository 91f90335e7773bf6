import { Readable } from 'node:stream'

/**
 * A page of 1,000 keys of 1,024 bytes, every byte encoded as three, stays below. Taking an answer apart blocks the app,
 * so there is no room to spare.
 */
const MAX_ANSWER_BYTES = 4 * 1024 * 1024

export class AnswerTooLongError extends Error {
  override readonly name = 'AnswerTooLongError'
}

/**
 * The same body, which breaks off with `AnswerTooLongError` when it is longer than any answer of S3 that is read as a
 * whole: the SDK would collect it in memory. Nothing is read before it is asked for.
 */
export function limitAnswer(body: Readable, onChunk: (chunk: Buffer) => void = () => undefined): Readable {
  return Readable.from(atMost(body, MAX_ANSWER_BYTES, onChunk), { objectMode: false })
}

async function* atMost(body: Readable, limit: number, onChunk: (chunk: Buffer) => void): AsyncGenerator<Buffer> {
  let read = 0
  for await (const chunk of body as AsyncIterable<Buffer>) {
    read += chunk.length
    if (read > limit) throw new AnswerTooLongError(`the answer is longer than ${String(limit)} bytes`)
    onChunk(chunk)
    yield chunk
  }
}
