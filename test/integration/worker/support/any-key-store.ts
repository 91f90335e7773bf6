import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface StoredObject {
  readonly body: string
  /** The MD5 of the body, unless given: as of a multipart upload, or of an encrypted object. */
  readonly etag?: string
  readonly lastModified?: Date
  readonly encryption?: 'aws:kms'
  /** An archived one is listed, described, and not given out. */
  readonly storageClass?: 'GLACIER' | 'DEEP_ARCHIVE'
  /** Listed, and refused to whoever asks for it. */
  readonly isDenied?: true
  /** Answered as they are: content-type, x-amz-meta-…. */
  readonly headers?: Readonly<Record<string, string>>
}

export interface AnyKeyStore {
  readonly endpoint: string
  /** What it holds; may be changed at any time. */
  readonly objects: Map<string, StoredObject>
  /** Whoever waits for an answer gets none. */
  cutConnections(): void
  stop(): Promise<void>
}

export interface AnyKeyStoreOptions {
  readonly bucket: string
  readonly objects?: Readonly<Record<string, StoredObject>>
  /** Runs before an object is answered. */
  readonly onGet?: (key: string, store: AnyKeyStore) => void
  /** Met by every request while there is one: the key is unknown, nobody answers, or a web page does. */
  readonly fault?: () => 'key-revoked' | 'away' | 'web-page' | null
  /** A listing is answered when this resolves. */
  readonly onList?: () => Promise<void>
  /** With this code, or as a key that it does not take. */
  readonly refusesPut?: (key: string) => string | boolean | Promise<string | boolean>
  /** A listing says that it is complete after so many keys. */
  readonly listsAtMost?: () => number
}

/**
 * A test double of an S3 store: it holds keys which `rclone serve s3` refuses (`folder/`, `a//b.txt`), ETags that
 * are no MD5, and dates of the test's choice, as real stores do. It checks no signatures and knows one page.
 */
export async function startAnyKeyStore(options: AnyKeyStoreOptions): Promise<AnyKeyStore> {
  const objects = new Map(Object.entries(options.objects ?? {}))
  const server = createServer((request, response) => void answer(store, options, request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const store: AnyKeyStore = {
    endpoint: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    objects,
    cutConnections: () => server.closeAllConnections(),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
  return store
}

async function answer(
  store: AnyKeyStore,
  options: AnyKeyStoreOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const fault = options.fault?.() ?? null
  if (fault === 'away') request.socket.destroy()
  if (fault === 'web-page') response.writeHead(200, { 'content-type': 'text/html' }).end('<html>back soon</html>')
  if (fault === 'key-revoked') refuse(response, 403, 'InvalidAccessKeyId')
  if (fault !== null) return
  const [path = '', query = ''] = (request.url ?? '').split('?')
  const parameters = new URLSearchParams(query)
  if (parameters.get('list-type') === '2') {
    await options.onList?.()
    response.setHeader('content-type', 'application/xml').end(listing(options, store.objects, parameters))
    return
  }
  const key = decodeURIComponent(path.slice(options.bucket.length + 2))
  if (request.method === 'PUT') {
    await put(store, options, key, request, response)
    return
  }
  if (request.method === 'GET') options.onGet?.(key, store)
  const object = store.objects.get(key)
  if (object === undefined) {
    refuse(response, 404, 'NoSuchKey')
    return
  }
  if (object.isDenied === true) {
    refuse(response, 403, 'AccessDenied')
    return
  }
  if (object.storageClass !== undefined && request.method === 'GET') {
    refuse(response, 403, 'InvalidObjectState')
    return
  }
  response.writeHead(200, {
    'content-length': Buffer.byteLength(object.body),
    etag: `"${etagOf(object)}"`,
    'last-modified': dateOf(object).toUTCString(),
    ...(object.encryption === undefined ? {} : { 'x-amz-server-side-encryption': object.encryption }),
    ...(object.storageClass === undefined ? {} : { 'x-amz-storage-class': object.storageClass }),
    'content-type': 'text/plain',
    ...object.headers,
  })
  response.end(request.method === 'HEAD' ? undefined : object.body)
}

async function put(
  { objects }: AnyKeyStore,
  options: AnyKeyStoreOptions,
  key: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = (await request.setEncoding('utf8').toArray()).join('')
  const refusal = (await options.refusesPut?.(key)) ?? false
  if (refusal !== false) {
    refuse(response, 400, refusal === true ? 'InvalidObjectName' : refusal)
    return
  }
  const kept = Object.entries(request.headers).filter(([name]) => /^(?:content-type|cache-control|x-amz-meta-.*)$/.test(name))
  const object = { body, lastModified: new Date(), headers: Object.fromEntries(kept) as Record<string, string> }
  objects.set(key, object)
  response.writeHead(200, { etag: `"${etagOf(object)}"` }).end()
}

function refuse(response: ServerResponse, status: number, code: string): void {
  response.writeHead(status, { 'content-type': 'application/xml' }).end(`<Error><Code>${code}</Code></Error>`)
}

function listing(
  { bucket, listsAtMost }: AnyKeyStoreOptions,
  objects: ReadonlyMap<string, StoredObject>,
  parameters: URLSearchParams,
): string {
  const prefix = parameters.get('prefix') ?? ''
  const delimiter = parameters.get('delimiter') ?? ''
  const found = [...objects]
    .filter(([key]) => key.startsWith(prefix))
    .sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
    .slice(0, listsAtMost?.() ?? Infinity)
  const folderOf = (key: string): string | null => {
    const end = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length)
    return end < 0 ? null : key.slice(0, end + 1)
  }
  const folders = [...new Set(found.map(([key]) => folderOf(key)).filter((folder) => folder !== null))]
  const contents = found
    .filter(([key]) => folderOf(key) === null)
    .map(
      ([key, object]) =>
        `<Contents><Key>${encodeURIComponent(key)}</Key><LastModified>${dateOf(object).toISOString()}</LastModified><ETag>&quot;${etagOf(object)}&quot;</ETag><Size>${Buffer.byteLength(object.body)}</Size><StorageClass>${object.storageClass ?? 'STANDARD'}</StorageClass></Contents>`,
    )
  const prefixes = folders.map(
    (folder) => `<CommonPrefixes><Prefix>${encodeURIComponent(folder)}</Prefix></CommonPrefixes>`,
  )
  return `<?xml version="1.0" encoding="UTF-8"?><ListBucketResult><Name>${bucket}</Name><EncodingType>url</EncodingType><KeyCount>${found.length}</KeyCount><IsTruncated>false</IsTruncated>${contents.join('')}${prefixes.join('')}</ListBucketResult>`
}

const dateOf = ({ lastModified }: StoredObject): Date => lastModified ?? new Date(0)
const etagOf = ({ etag, body }: StoredObject): string => etag ?? createHash('md5').update(body).digest('hex')
