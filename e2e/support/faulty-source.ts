import { once } from 'node:events'
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { lenientRules, type Refusal, refusalOf, regionOf, type StoreRules } from './choosy-store.ts'

/** What a client asked the source for. */
export interface SeenRequest {
  /** `TRY`: the one byte that the app's source check reads. */
  readonly kind: 'LIST' | 'GET' | 'TRY' | 'HEAD' | 'TAGS' | 'other'
  readonly key: string
  /** A page behind the first one. */
  readonly isLaterPage: boolean
  /** The one it was signed for. */
  readonly region: string
}

/** The faults that `rclone serve s3` cannot be brought to; each may change at any time. */
export interface Faults {
  readonly rules: StoreRules
  /** Listed, and refused to whoever reads them. */
  readonly denied: Set<string>
  /** Listed in the class GLACIER, and not given out. */
  readonly archived: Set<string>
  /** The tag of an object, by its key. */
  readonly tags: Map<string, string>
  /** ETags as of multipart uploads: no checksum of the whole. */
  hasOpaqueEtags: boolean
  /** A request is answered once this resolves; undefined: at once. */
  hold: (seen: SeenRequest) => Promise<void> | undefined
}

export interface FaultySource {
  readonly endpoint: string
  readonly faults: Faults
  /** In the order they came; may be emptied. */
  readonly seen: SeenRequest[]
  stop(): Promise<void>
}

/** A fault proxy: the real store behind it answers everything but the faults, its signatures checked as ever. */
export async function startFaultySource(target: string): Promise<FaultySource> {
  const seen: SeenRequest[] = []
  const faults: Faults = {
    rules: lenientRules(),
    denied: new Set(),
    archived: new Set(),
    tags: new Map(),
    hasOpaqueEtags: false,
    hold: () => undefined,
  }
  const server = createServer((incoming, answer) => {
    const asked = readRequest(incoming)
    seen.push(asked)
    void Promise.resolve(faults.hold(asked)).then(() => {
      const refusal = refusalOf(incoming.headers, asked.kind === 'LIST', faults.rules)
      if (refusal !== null) refuse(answer, refusal)
      else if (!answerFault(asked, faults, answer)) passOn(asked, faults, new URL(target), incoming, answer)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    endpoint: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    faults,
    seen,
    stop: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

function readRequest({ method, url, headers }: IncomingMessage): SeenRequest {
  const { pathname, searchParams } = new URL(url ?? '', 'http://source')
  const key = decodeURIComponent(pathname.split('/').slice(2).join('/'))
  const isLaterPage = ['continuation-token', 'start-after', 'marker'].some((name) => searchParams.has(name))
  return { kind: kindOf(method, key, searchParams, headers.range), key, isLaterPage, region: regionOf(headers) }
}

function kindOf(
  method: string | undefined,
  key: string,
  search: URLSearchParams,
  range: string | undefined,
): SeenRequest['kind'] {
  if (method === 'HEAD' && key !== '') return 'HEAD'
  if (method !== 'GET') return 'other'
  if (key === '') return 'LIST'
  if (search.has('tagging')) return 'TAGS'
  return range === 'bytes=0-0' ? 'TRY' : 'GET'
}

/** @returns whether this request is one that the proxy answers itself */
function answerFault({ kind, key }: SeenRequest, faults: Faults, answer: ServerResponse): boolean {
  const isRead = kind === 'GET' || kind === 'TRY'
  if (isRead && faults.denied.has(key)) return refuse(answer, { status: 403, code: 'AccessDenied', message: 'Access Denied' })
  if (isRead && faults.archived.has(key)) return refuse(answer, { status: 403, code: 'InvalidObjectState', message: 'no' })
  if (kind !== 'TAGS') return false
  const tag = faults.tags.get(key)
  const tags = tag === undefined ? '' : `<Tag><Key>${tag}</Key><Value>x</Value></Tag>`
  return sendXml(answer, 200, `<Tagging><TagSet>${tags}</TagSet></Tagging>`)
}

function refuse(answer: ServerResponse, { status, code, message, details = '', headers = {} }: Refusal): true {
  return sendXml(answer, status, `<Error><Code>${code}</Code><Message>${message}</Message>${details}</Error>`, headers)
}

function sendXml(answer: ServerResponse, status: number, text: string, headers: Refusal['headers'] = {}): true {
  answer.writeHead(status, { 'content-type': 'application/xml', ...headers })
  answer.end(`<?xml version="1.0" encoding="UTF-8"?>${text}`)
  return true
}

function passOn(
  { kind, key }: SeenRequest,
  faults: Faults,
  { hostname, port }: URL,
  incoming: IncomingMessage,
  answer: ServerResponse,
): void {
  const { method, url: path, headers } = incoming
  const onward = request({ hostname, port, method, path, headers }, (inner) => {
    const status = inner.statusCode ?? 500
    const { 'content-length': length, ...described } = inner.headers
    if (kind === 'LIST') {
      void inner.setEncoding('utf8').toArray().then((parts) => {
        answer.writeHead(status, described).end(rewriteListing(parts.join(''), faults))
      })
      return
    }
    if (length !== undefined) answer.setHeader('content-length', length)
    if (described.etag !== undefined && faults.hasOpaqueEtags) described.etag = toOpaque(described.etag)
    if (faults.archived.has(key)) described['x-amz-storage-class'] = 'GLACIER'
    answer.writeHead(status, described)
    inner.pipe(answer)
  })
  onward.on('error', () => answer.destroy())
  incoming.pipe(onward)
}

function rewriteListing(xml: string, { archived, hasOpaqueEtags }: Faults): string {
  return xml.replaceAll(/<Contents>.*?<\/Contents>/gs, (entry) => {
    const written = /<Key>(.*?)<\/Key>/s.exec(entry)?.[1] ?? ''
    const isArchived = archived.has(decodeURIComponent(written.replaceAll('+', ' ')))
    const classed = isArchived ? entry.replace(/(?<=<StorageClass>)\w+/, 'GLACIER') : entry
    return hasOpaqueEtags ? toOpaque(classed) : classed
  })
}

/** As of an upload in two parts. */
function toOpaque(text: string): string {
  return text.replace(/\b[0-9a-f]{32}\b/, '$&-2')
}
