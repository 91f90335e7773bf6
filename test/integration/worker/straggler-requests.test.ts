import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo, LookupFunction } from 'node:net'
import { Readable } from 'node:stream'
import { afterEach, describe, expect, test } from 'vitest'
import { Secret } from '#shared/domain/secret.ts'
import { MIB } from '#shared/domain/units.ts'
import { connectS3 } from '../../../server/worker/inventory/s3-connection.ts'
import { createByteRate } from '../../../server/worker/stragglers/byte-rate.ts'
import { copyObject } from '../../../server/worker/stragglers/copy-object.ts'
import { explainStragglerFailure } from '../../../server/worker/stragglers/straggler-failure-rules.ts'

/** Larger than any answer but an object may be. */
const LARGE = 20 * MIB
const chunk = Buffer.alloc(1 * MIB, 7)
const chunks = (count: number): Readable => Readable.from(Array.from({ length: count }, () => chunk))

const servers: Server[] = []
const clients: S3Client[] = []
afterEach(() => {
  for (const client of clients.splice(0)) client.destroy()
  for (const server of servers.splice(0)) server.close().closeAllConnections()
})

/** A test double of a store that answers as it is told. */
async function startStore(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<number> {
  const server = createServer(answer).listen(0, '127.0.0.1')
  servers.push(server)
  await new Promise((resolve) => server.once('listening', resolve))
  return (server.address() as AddressInfo).port
}

function clientOf(origin: string, lookup?: LookupFunction): S3Client {
  const keys = { accessKeyId: 'KEY', secretAccessKey: Secret.of('secret') }
  const client = connectS3({ endpoint: origin, region: 'us-east-1', bucket: 'bucket', ...keys }, lookup)
  clients.push(client)
  return client
}

const refuse = (response: ServerResponse, status: number, code: string): void =>
  void response.writeHead(status, { 'content-type': 'application/xml' }).end(`<Error><Code>${code}</Code></Error>`)

async function copyBetween(
  sourcePort: number,
  destinationPort: number,
  { bytes = LARGE, key = 'a//b' }: { readonly bytes?: number; readonly key?: string } = {},
): Promise<unknown> {
  const { signal } = new AbortController()
  const end = (port: number) => ({ client: clientOf(`http://127.0.0.1:${String(port)}`), bucket: 'bucket', signal })
  const ends = { source: end(sourcePort), destination: end(destinationPort) }
  const keys = { sourceKey: key, destinationKey: key, existing: 'replace-different' } as const
  const rate = createByteRate(1e12)
  try {
    await copyObject({ ends, signal, rate, ...keys, bytes, isEtagOpaque: false, onBytes: () => undefined })
    return null
  } catch (error) {
    return explainStragglerFailure(error)
  }
}

describe('B8: requests for single objects', () => {
  test('an object may be larger than any other answer; it is passed on with its length, and not begun by a question', async () => {
    const puts: { headers: IncomingMessage['headers']; bytes: number }[] = []
    const sourcePort = await startStore((_request, response) => {
      chunks(20).pipe(response.writeHead(200, { 'content-length': LARGE, etag: '"x-1"' }))
    })
    const destinationPort = await startStore((request, response) => {
      const put = { headers: request.headers, bytes: 0 }
      puts.push(put)
      request.on('data', (data: Buffer) => (put.bytes += data.length)).on('end', () => response.writeHead(200).end())
    })

    expect(await copyBetween(sourcePort, destinationPort)).toBeNull()
    expect(puts).toMatchObject([{ bytes: LARGE, headers: { 'content-length': String(LARGE) } }])
    expect(puts[0]?.headers.expect).toBeUndefined()
  })

  test.each(['.', '..', '../up', './x', 'd/../g', 'd/./f', 'd/..', '//two'])('the key %j is asked for as it is', async (key) => {
    const asked: string[] = []
    const port = await startStore((request, response) => {
      asked.push(`${request.method ?? ''} ${request.url?.split('?')[0] ?? ''}`)
      request.resume().on('end', () => response.writeHead(200, { 'content-length': request.method === 'GET' ? 1 : 0 }).end('x'))
    })
    expect(await copyBetween(port, port, { bytes: 1, key })).toBeNull()
    expect(asked).toEqual([`GET /bucket/${key}`, `PUT /bucket/${key}`])
  })

  test('what refuses an object is read within limits', async () => {
    const port = await startStore((_request, response) => {
      chunks(1_000).pipe(response.writeHead(403, { 'content-type': 'application/xml' }))
    })
    const client = clientOf(`http://127.0.0.1:${String(port)}`)
    await expect(client.send(new GetObjectCommand({ Bucket: 'bucket', Key: 'k' }))).rejects.toThrow(/more than \d+ bytes/)
    await expect(client.send(new ListObjectsV2Command({ Bucket: 'bucket' }))).rejects.toThrow(/more than \d+ bytes/)
  })

  test('a redirect is not followed', async () => {
    let led = 0
    const elsewhere = await startStore((_request, response) => {
      led += 1
      response.end()
    })
    const location = `http://127.0.0.1:${String(elsewhere)}/bucket/k`
    const port = await startStore((_request, response) => void response.writeHead(307, { location }).end())

    expect(await copyBetween(port, elsewhere)).toMatchObject({ side: 'source', mayPass: false })
    expect(led).toBe(0)
  })

  test('the endpoint guard’s lookup holds for large bodies as well', async () => {
    const port = await startStore((request, response) => {
      request.resume().on('end', () => response.writeHead(200).end())
    })
    const looked: string[] = []
    const lookup: LookupFunction = (host, _options, answer) => {
      looked.push(host)
      answer(null, [{ address: '127.0.0.1', family: 4 }])
    }
    const client = clientOf(`http://store.invalid:${String(port)}`, lookup)
    const put = { Bucket: 'bucket', Key: 'k', Body: chunks(20), ContentLength: LARGE }
    await expect(client.send(new PutObjectCommand(put))).resolves.toBeDefined()
    expect(looked).toEqual(['store.invalid'])
  })

  test('an upload in parts that is refused with a 200 is not taken for complete', async () => {
    const sourcePort = await startStore((request, response) => {
      const [, start, end] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '') ?? []
      const bytes = start === undefined ? 65 * MIB : Number(end) - Number(start) + 1
      response.writeHead(200, { 'content-length': bytes, etag: '"x-9"' })
      if (request.method === 'HEAD') response.end()
      else chunks(bytes / MIB).pipe(response)
    })
    const requests: string[] = []
    const destinationPort = await startStore((request, response) => {
      const { method = '', url = '' } = request
      requests.push(`${method} ${url.replace(/partNumber=\d&/, '').split('?')[1] ?? ''}`)
      request.resume().on('end', () => {
        if (method === 'HEAD') refuse(response, 404, 'NotFound')
        else if (url.includes('uploads')) response.end('<R><UploadId>u1</UploadId></R>')
        else if (method === 'POST') refuse(response, 200, 'EntityTooSmall')
        else response.writeHead(method === 'DELETE' ? 204 : 200).end()
      })
    })

    expect(await copyBetween(sourcePort, destinationPort, { bytes: 65 * MIB })).toMatchObject({ side: 'destination' })
    expect(requests.at(-1)).toMatch(/^DELETE .*uploadId=u1/)
  })
})
