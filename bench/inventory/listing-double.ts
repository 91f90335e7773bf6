import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/**
 * A program that doubles an S3 store's ListObjectsV2, and nothing else, over keys that it makes up:
 * `node listing-double.ts KEYS DELAY_MS`. Any bucket holds the same KEYS objects under any prefix that ends in `/`;
 * each page takes DELAY_MS longer, as over a long line. It prints its port. It checks no signatures.
 */
const [keys, delayMs] = process.argv.slice(2).map(Number) as [number, number]

const KEYS_PER_PAGE = 1_000
const KEYS_PER_FOLDER = 500
const pathOf = (index: number): string =>
  `folder-${String(Math.floor(index / KEYS_PER_FOLDER)).padStart(6, '0')}/object-${String(index).padStart(9, '0')}.bin`

/** The first index whose path is later than this one. */
function indexBehind(path: string): number {
  let [low, high] = [0, keys]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (pathOf(middle) > path) high = middle
    else low = middle + 1
  }
  return low
}

function entry(prefix: string, index: number): string {
  const etag = String(index).padStart(32, '0')
  return (
    `<Contents><Key>${encodeURIComponent(prefix + pathOf(index))}</Key><LastModified>2024-03-05T10:11:12.000Z</LastModified>` +
    `<ETag>&quot;${etag}&quot;</ETag><Size>4096</Size><StorageClass>STANDARD</StorageClass></Contents>`
  )
}

function listingPage(query: URLSearchParams): string {
  const prefix = query.get('prefix') ?? ''
  const token = query.get('continuation-token')
  const startAfter = query.get('start-after')
  const from = token !== null ? Number(token) : startAfter === null ? 0 : indexBehind(startAfter.slice(prefix.length))
  const to = Math.min(keys, from + KEYS_PER_PAGE)
  const next = to < keys ? `<NextContinuationToken>${String(to)}</NextContinuationToken>` : ''
  const entries = Array.from({ length: to - from }, (_, index) => entry(prefix, from + index)).join('')
  return (
    `<?xml version="1.0" encoding="UTF-8"?><ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">` +
    `<Name>bucket</Name><KeyCount>${String(to - from)}</KeyCount><MaxKeys>1000</MaxKeys><EncodingType>url</EncodingType>` +
    `<IsTruncated>${String(to < keys)}</IsTruncated>${next}${entries}</ListBucketResult>`
  )
}

const server = createServer((request, response) => {
  const query = new URLSearchParams((request.url ?? '').split('?')[1])
  if (query.get('list-type') !== '2') {
    response.writeHead(501).end()
    return
  }
  setTimeout(() => response.setHeader('content-type', 'application/xml').end(listingPage(query)), delayMs)
})
server.listen(0, '127.0.0.1')
await once(server, 'listening')
process.stdout.write(`${String((server.address() as AddressInfo).port)}\n`)
