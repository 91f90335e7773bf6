import { createServer, type IncomingMessage } from 'node:http'
import { mkdir, writeFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Secret } from '#shared/domain/secret.ts'
import { createMilestones } from '../../../server/worker/inventory/milestones.ts'
import { connectS3 } from '../../../server/worker/inventory/s3-connection.ts'
import { openSideListings } from '../../../server/worker/inventory/side-listings.ts'
import { type S3Endpoint, startS3Endpoint } from '../../support/s3-endpoint.ts'

const key = { accessKeyId: 'LISTINGKEY000001', secretAccessKey: 'lIsting/Secret+0000000000000000000000000001' }
const SOURCE = 'many'
const FOLDERS = 12
const OBJECTS_PER_FOLDER = 600

function listingsOf(endpoint: string, bucket: string) {
  const side = { endpoint, region: 'us-east-1', bucket, ...key, secretAccessKey: Secret.of(key.secretAccessKey) }
  const client = connectS3(side)
  const end = { client, bucket, signal: new AbortController().signal }
  const ends = { source: end, destination: end, milestones: createMilestones() }
  return { listings: openSideListings(ends, { kind: 'bucket' }, ''), stop: () => client.destroy() }
}

async function keysOf(listing: AsyncIterable<{ readonly key: string }>): Promise<readonly string[]> {
  const keys: string[] = []
  for await (const object of listing) keys.push(object.key)
  return keys
}

describe('listing a real store', () => {
  let store: S3Endpoint
  const expected: string[] = []

  beforeAll(async () => {
    store = await startS3Endpoint({ buckets: [SOURCE], ...key })
    for (let folder = 0; folder < FOLDERS; folder += 1) {
      // Folders whose names are not in the order of their keys: `a-` sorts before `a/`.
      const name = `f${String(folder).padStart(2, '0')}${folder % 3 === 0 ? '' : '-é'}`
      const path = join(store.dataDir, SOURCE, name)
      await mkdir(path, { recursive: true })
      for (let index = 0; index < OBJECTS_PER_FOLDER; index += 1) {
        const file = `o ${String(index).padStart(4, '0')}+x`
        expected.push(`${name}/${file}`)
        await writeFile(join(path, file), 'x')
      }
    }
  })
  afterAll(() => store.stop())

  test('S12 B3: the first listing, and those that begin at its milestones on either side, name the same keys', async () => {
    const { listings, stop } = listingsOf(store.endpoint, SOURCE)
    try {
      const first = await keysOf(listings.source())
      expect(new Set(first)).toEqual(new Set(expected))
      expect(first).toHaveLength(expected.length)
      expect(await keysOf(listings.source())).toEqual(first)
      expect(await keysOf(listings.destination())).toEqual(first)
    } finally {
      stop()
    }
  })
})

describe('S17: restored objects', () => {
  /** Doubles a store that holds archived objects, and one that takes no header it does not know. */
  async function startArchive(takesQuestion: boolean) {
    const asked: (string | undefined)[] = []
    const answer = (request: IncomingMessage): { readonly status: number; readonly body: string } => {
      const question = request.headers['x-amz-optional-object-attributes']?.toString()
      asked.push(question)
      if (question !== undefined && !takesQuestion)
        return { status: 501, body: '<Error><Code>NotImplemented</Code></Error>' }
      const restored = `<RestoreStatus><IsRestoreInProgress>false</IsRestoreInProgress><RestoreExpiryDate>2026-12-21T00:00:00.000Z</RestoreExpiryDate></RestoreStatus>`
      const thawing = `<RestoreStatus><IsRestoreInProgress>true</IsRestoreInProgress></RestoreStatus>`
      const entries = [['cold', ''], ['restored', restored], ['thawing', thawing]].map(
        ([name, status]) => `<Contents><Key>${name ?? ''}</Key><Size>1</Size><StorageClass>GLACIER</StorageClass>${question === undefined ? '' : (status ?? '')}</Contents>`,
      )
      return { status: 200, body: `<ListBucketResult><Name>b</Name><IsTruncated>false</IsTruncated>${entries.join('')}</ListBucketResult>` }
    }
    const server = createServer((request, response) => {
      const { status, body } = answer(request)
      response.writeHead(status, { 'content-type': 'application/xml' }).end(body)
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { listings, stop } = listingsOf(`http://127.0.0.1:${String((server.address() as AddressInfo).port)}`, 'b')
    const archived: string[] = []
    for await (const object of listings.source()) if (object.isArchived) archived.push(object.key)
    stop()
    server.close()
    return { asked, archived }
  }

  test('a store that knows restores tells which archived objects can be read', async () => {
    const { asked, archived } = await startArchive(true)
    expect(asked).toEqual(['RestoreStatus'])
    expect(archived).toEqual(['cold', 'thawing'])
  })

  test('a store that refuses the question is listed without it', async () => {
    const { asked, archived } = await startArchive(false)
    expect(asked).toEqual(['RestoreStatus', undefined])
    expect(archived).toEqual(['cold', 'restored', 'thawing'])
  })
})
