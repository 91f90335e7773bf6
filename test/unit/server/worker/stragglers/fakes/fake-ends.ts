import type { S3Client } from '@aws-sdk/client-s3'
import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import type { SideEnds } from '../../../../../../server/worker/inventory/side-listings.ts'

interface Command {
  readonly constructor: { readonly name: string }
  readonly input: Readonly<Record<string, unknown>>
}

/** What a store is asked for, `GetObject …`. */
export interface Request {
  readonly name: string
  readonly input: Readonly<Record<string, unknown>>
}

export type Answer = (request: Request) => unknown

/** Two stores that answer as they are told, to drive faults. A body that is sent is read to its end first. */
export function fakeEnds(answers: { readonly source: Answer; readonly destination: Answer }) {
  const requests: Request[] = []
  const stop = new AbortController()
  const side = (answer: Answer) => ({
    bucket: 'bucket',
    signal: stop.signal,
    client: {
      async send(command: Command, { abortSignal }: { readonly abortSignal?: AbortSignal } = {}) {
        const { Body, ...input } = command.input
        const request = { name: command.constructor.name.replace(/Command$/, ''), input }
        requests.push(request)
        const md5 = Body instanceof Readable ? await readUnlessAborted(Body, abortSignal) : ''
        abortSignal?.throwIfAborted()
        const given = await answer(request)
        abortSignal?.throwIfAborted()
        return Body === undefined ? given : { ETag: `"${md5}"`, ...(given as object) }
      },
    } as unknown as S3Client,
  })
  const ends: SideEnds = { source: side(answers.source), destination: side(answers.destination) }
  return { ends, requests, stop }
}

async function readUnlessAborted(body: Readable, abortSignal: AbortSignal | undefined): Promise<string> {
  const hash = createHash('md5')
  const reading = (async () => {
    for await (const chunk of body) hash.update(chunk as Buffer)
  })()
  const aborted = new Promise<never>((_resolve, reject) => {
    abortSignal?.addEventListener('abort', () => reject(new DOMException('aborted', 'AbortError')))
  })
  await Promise.race([reading, aborted])
  return hash.digest('hex')
}

/** As the SDK throws what a store refuses. */
export function refusal(name: string, httpStatusCode: number, message = 'told to'): Error {
  return Object.assign(new Error(message), { name, $metadata: { httpStatusCode } })
}

export function unreachable(): Error {
  return Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' })
}

export const md5Hex = (body: string | Buffer): string => createHash('md5').update(body).digest('hex')

/** An answer to GetObject. */
export const objectOf = (body: string, more: object = {}) => ({
  Body: Readable.from([Buffer.from(body)]),
  ContentLength: Buffer.byteLength(body),
  ETag: `"${md5Hex(body)}"`,
  ...more,
})
