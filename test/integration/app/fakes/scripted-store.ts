import type { IncomingMessage, ServerResponse } from 'node:http'
import { type FaultServer, s3Error, startHttpFault } from './fault-servers.ts'

export interface ScriptedObject {
  readonly key: string
  /** A text where it is no number that a store would list. */
  readonly size?: number | string
  readonly storageClass?: string
  /** Told only to who asks for it, as AWS does. */
  readonly isRestored?: boolean
}

type Answer = (request: IncomingMessage, response: ServerResponse) => void

/** What the store does at each kind of request; what is left out goes well. `page` counts from 0. */
export interface StoreScript {
  readonly page: (page: number, request: IncomingMessage) => readonly ScriptedObject[] | Answer
  readonly pages: number
  readonly head?: Answer
  readonly tagging?: Answer
  readonly read?: Answer
}

export interface ScriptedStore extends FaultServer {
  /** `LIST 0`, `GET key`, `HEAD key`, `TAGS key`, in the order they came. */
  readonly seen: readonly string[]
}

/** A fake store: for pages that fail, stall or never end, and for classes and refusals that no store here shows. */
export async function startScriptedStore(script: StoreScript): Promise<ScriptedStore> {
  const seen: string[] = []
  const server = await startHttpFault((request, response) => {
    const url = new URL(request.url ?? '/', 'http://store')
    const key = decodeURIComponent(url.pathname.split('/').slice(2).join('/'))
    const isList = url.searchParams.has('list-type')
    const kind = isList ? 'LIST' : url.searchParams.has('tagging') ? 'TAGS' : (request.method ?? '')
    const page = Number(url.searchParams.get('continuation-token') ?? '0')
    seen.push(`${kind} ${isList ? String(page) : key}`)
    if (isList) sendPage(script, page, request, response)
    else if (kind === 'TAGS') (script.tagging ?? sendTags())(request, response)
    else if (kind === 'HEAD') (script.head ?? sendHead({}))(request, response)
    else (script.read ?? sendFirstByte)(request, response)
  })
  return { ...server, seen }
}

export const refuse =
  (status: number, code: string): Answer =>
  (_request, response) =>
    void response.writeHead(status, { 'content-type': 'application/xml' }).end(s3Error(code))

export const sendTags =
  (...names: string[]): Answer =>
  (_request, response) => {
    const tags = names.map((name) => `<Tag><Key>${name}</Key><Value>x</Value></Tag>`).join('')
    response.writeHead(200, { 'content-type': 'application/xml' }).end(`<Tagging><TagSet>${tags}</TagSet></Tagging>`)
  }

export const sendHead =
  (headers: Record<string, string>): Answer =>
  (_request, response) =>
    void response.writeHead(200, { 'content-length': '5', ...headers }).end()

export const sendFirstByte: Answer = (_request, response) =>
  void response.writeHead(206, { 'content-length': '1' }).end('x')

export const isRestoreAsked = ({ headers }: IncomingMessage): boolean =>
  headers['x-amz-optional-object-attributes'] === 'RestoreStatus'

function sendPage(script: StoreScript, page: number, request: IncomingMessage, response: ServerResponse): void {
  const objects = script.page(page, request)
  if (typeof objects === 'function') {
    objects(request, response)
    return
  }
  const more =
    page + 1 < script.pages
      ? `<IsTruncated>true</IsTruncated><NextContinuationToken>${String(page + 1)}</NextContinuationToken>`
      : '<IsTruncated>false</IsTruncated>'
  const entries = objects.map((object) => toEntry(object, isRestoreAsked(request))).join('')
  response
    .writeHead(200, { 'content-type': 'application/xml' })
    .end(`<?xml version="1.0"?><ListBucketResult><Name>source</Name>${more}${entries}</ListBucketResult>`)
}

function toEntry({ key, size = 5, storageClass = 'STANDARD', isRestored = false }: ScriptedObject, isTold: boolean): string {
  const restore =
    isRestored && isTold
      ? '<RestoreStatus><IsRestoreInProgress>false</IsRestoreInProgress><RestoreExpiryDate>2099-01-01T00:00:00.000Z</RestoreExpiryDate></RestoreStatus>'
      : ''
  return `<Contents><Key>${key}</Key><Size>${String(size)}</Size><StorageClass>${storageClass}</StorageClass>${restore}</Contents>`
}
