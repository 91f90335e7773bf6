import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Request, Response } from 'express'

/** A file that is made while it is sent. Length and digest are known before. */
export interface ApiFile {
  /** ASCII, without quotes and slashes. */
  readonly name: string
  readonly contentType: string
  readonly bytes: number
  /** In hex. */
  readonly sha256: string
  /** Each part is made when the one before was taken. */
  readonly open: () => AsyncIterable<Buffer>
}

/**
 * Sends the file as fast as the client takes it; one part at a time is in memory. A client that takes nothing
 * for `stallMs` is dropped. Resolves when all is sent or the client is gone. Rejects when the file cannot be
 * made, or not as told: the answer is then cut short, which the client sees by its length.
 */
export async function sendFile(
  file: ApiFile,
  { request, response, stallMs }: { readonly request: Request; readonly response: Response; readonly stallMs: number },
): Promise<void> {
  // Not by Express, which would add a charset to each type.
  response.writeHead(200, {
    'Content-Type': file.contentType,
    'Content-Disposition': `attachment; filename="${file.name}"`,
    'Content-Length': String(file.bytes),
    'Repr-Digest': `sha-256=:${Buffer.from(file.sha256, 'hex').toString('base64')}:`,
    // A proxy that packs it would take the length away.
    'Cache-Control': 'no-store, no-transform',
  })
  if (request.method === 'HEAD') {
    response.end()
    return
  }
  // Node counts what the system has taken of a begun write as well, so slow is not the same as stuck.
  response.setTimeout(stallMs, () => response.destroy())
  try {
    await pipeline(Readable.from(inFull(file)), response)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error
  }
}

async function* inFull({ open, bytes }: ApiFile): AsyncGenerator<Buffer, void> {
  let left = bytes
  for await (const part of open()) {
    left -= part.length
    if (left < 0) break
    yield part
  }
  // Without the error the client would wait on a connection that stays open.
  if (left !== 0) throw new Error('the file is not as long as it was said to be')
}
