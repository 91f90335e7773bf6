import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface AnyKeyStore {
  readonly endpoint: string
  stop(): Promise<void>
}

/**
 * A test double of an S3 store that is read from: it holds keys which `rclone serve s3` refuses (`folder/`,
 * `a//b.txt`), as real stores do. It checks no signatures and knows one page.
 */
export async function startAnyKeyStore(
  bucket: string,
  objects: Readonly<Record<string, string>>,
): Promise<AnyKeyStore> {
  const server = createServer((request, response) => answer(bucket, objects, request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    endpoint: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function answer(
  bucket: string,
  objects: Readonly<Record<string, string>>,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const [path = '', query = ''] = (request.url ?? '').split('?')
  const parameters = new URLSearchParams(query)
  if (parameters.get('list-type') === '2') {
    response.setHeader('content-type', 'application/xml').end(listing(bucket, objects, parameters))
    return
  }
  const key = decodeURIComponent(path.slice(bucket.length + 2))
  const body = objects[key]
  if (body === undefined) {
    response.writeHead(404, { 'content-type': 'application/xml' }).end('<Error><Code>NoSuchKey</Code></Error>')
    return
  }
  response.writeHead(200, {
    'content-length': Buffer.byteLength(body),
    'content-type': 'text/plain',
    etag: `"${md5(body)}"`,
    'last-modified': new Date(0).toUTCString(),
  })
  response.end(request.method === 'HEAD' ? undefined : body)
}

function listing(bucket: string, objects: Readonly<Record<string, string>>, parameters: URLSearchParams): string {
  const prefix = parameters.get('prefix') ?? ''
  const delimiter = parameters.get('delimiter') ?? ''
  const keys = Object.keys(objects)
    .filter((key) => key.startsWith(prefix))
    .sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
  const folderOf = (key: string): string | null => {
    const end = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length)
    return end < 0 ? null : key.slice(0, end + 1)
  }
  const folders = [...new Set(keys.map(folderOf).filter((folder) => folder !== null))]
  const contents = keys
    .filter((key) => folderOf(key) === null)
    .map((key) => {
      const body = objects[key] ?? ''
      return `<Contents><Key>${encodeURIComponent(key)}</Key><LastModified>1970-01-01T00:00:00.000Z</LastModified><ETag>&quot;${md5(body)}&quot;</ETag><Size>${Buffer.byteLength(body)}</Size><StorageClass>STANDARD</StorageClass></Contents>`
    })
  const prefixes = folders.map(
    (folder) => `<CommonPrefixes><Prefix>${encodeURIComponent(folder)}</Prefix></CommonPrefixes>`,
  )
  return `<?xml version="1.0" encoding="UTF-8"?><ListBucketResult><Name>${bucket}</Name><EncodingType>url</EncodingType><KeyCount>${keys.length}</KeyCount><IsTruncated>false</IsTruncated>${contents.join('')}${prefixes.join('')}</ListBucketResult>`
}

const md5 = (text: string): string => createHash('md5').update(text).digest('hex')
