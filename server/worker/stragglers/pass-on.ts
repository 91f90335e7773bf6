import { createHash } from 'node:crypto'
import { pipeline, type Readable, Transform } from 'node:stream'
import { toStoreError } from './store-error.ts'
import type { ByteRate } from './byte-rate.ts'

export interface SendOptions {
  readonly abortSignal: AbortSignal
  /** None: a large body takes its time. A connection that does not move is ended by its own timeout. */
  readonly requestTimeout: 0
}

/** Bytes on their way from one store to the other. */
export interface PassedOn<T> {
  readonly answer: T
  /** Of what was sent. */
  readonly md5: Buffer
}

/**
 * Sends a source's body on as it comes, at the rate given, a few chunks in memory. Throws what `send` throws, and
 * a `StoreError` of the source when its body breaks off; both connections are then ended.
 */
export async function passOn<T>(
  body: Readable,
  { rate, signal }: { readonly rate: ByteRate; readonly signal: AbortSignal },
  send: (body: Readable, options: SendOptions) => Promise<T>,
): Promise<PassedOn<T>> {
  const hash = createHash('md5')
  const meter = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk)
      void rate.take(chunk.length, signal).then(() => done(null, chunk))
    },
  })
  const broken = new AbortController()
  const flow = { isOver: false, error: null as unknown }
  pipeline(body, meter, (error) => {
    if (!error || flow.isOver) return
    flow.error = toStoreError('source', error)
    broken.abort()
  })
  try {
    const answer = await send(meter, { abortSignal: AbortSignal.any([signal, broken.signal]), requestTimeout: 0 })
    return { answer, md5: hash.digest() }
  } catch (error) {
    // The destination's error is then only the echo of ours.
    throw flow.error ?? error
  } finally {
    flow.isOver = true
    meter.destroy()
    body.destroy()
  }
}
