import { createCipheriv } from 'node:crypto'
import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3'
import { forEachAtOnce } from './for-each-at-once.ts'

const KIB = 1024
const MIB = 1024 * KIB
const UPLOADS_AT_ONCE = 12

/** One object of the sample: what it is called and how much of the pattern it holds. */
export interface SampleObject {
  readonly key: string
  readonly bytes: number
  readonly contentType: string
  readonly metadata: Readonly<Record<string, string>>
}

const places = ['Blue Ridge', 'Outer Banks', 'Café-Tour', 'Zürich', '東京', 'São Paulo'] as const

/**
 * The same 321 objects, about 114 MB, each time: folders of different depth, spaces, accents, other scripts and
 * emoji in keys, an empty object, one above 64 MB.
 */
export function sampleObjects(): readonly SampleObject[] {
  const photos = Array.from({ length: 240 }, (_, i): SampleObject => {
    const place = places[i % places.length] ?? ''
    const name = `IMG ${String(i + 1).padStart(4, '0')}.jpg`
    return {
      key: `photos/${String(2019 + (i % 6))}/${place}/${name}`,
      bytes: 60 * KIB + ((i * 7919) % (160 * KIB)),
      contentType: 'image/jpeg',
      metadata: { camera: i % 2 === 0 ? 'x100v' : 'om-1' },
    }
  })
  const records = Array.from({ length: 70 }, (_, i): SampleObject => ({
    key: `research/run-${String(i % 7)}/measurements/${String(i).padStart(3, '0')}.csv`,
    bytes: 512 + i * 131,
    contentType: 'text/csv',
    metadata: {},
  }))
  return [...photos, ...records, ...oddObjects]
}

const oddObjects: readonly SampleObject[] = [
  odd('docs/report.pdf', 180 * KIB, 'application/pdf'),
  odd('docs/Übersicht & Pläne (final).txt', 9 * KIB, 'text/plain; charset=utf-8'),
  odd('docs/100% + more/a=b?c#d.txt', 3 * KIB, 'text/plain'),
  odd('docs/🎉 launch/notes.md', 4 * KIB, 'text/markdown'),
  odd('docs/e\u0301t\u00e9/cafe\u0301.txt', 2 * KIB, 'text/plain'),
  odd('empty/placeholder', 0, 'application/octet-stream'),
  odd('.hidden/.config', 700, 'application/json'),
  odd('no-extension', 33, 'application/octet-stream'),
  odd('a/b/c/d/e/f/g/h/deep.bin', 64 * KIB, 'application/octet-stream'),
  odd(`long/${'x'.repeat(180)}.txt`, 1 * KIB, 'text/plain'),
  odd('video/founders-day.mp4', 72 * MIB, 'video/mp4'),
]

function odd(key: string, bytes: number, contentType: string): SampleObject {
  return { key, bytes, contentType, metadata: { origin: 'carolina sample' } }
}

/** Content that is the same in each run, differs between keys and does not compress: an AES-CTR key stream. */
export function sampleContent(object: SampleObject): Uint8Array {
  const nonce = Buffer.alloc(16)
  nonce.writeUInt32BE(hashOf(object.key))
  return createCipheriv('aes-128-ctr', Buffer.alloc(16, 'carolina'), nonce).update(Buffer.alloc(object.bytes))
}

function hashOf(text: string): number {
  return Buffer.from(text).reduce((hash, byte) => (Math.imul(hash, 31) + byte) >>> 0, 7)
}

/** Puts the sample into the bucket by S3, so that the store keeps types and metadata too. */
export async function uploadSample(client: S3Client, bucket: string): Promise<{ objects: number; bytes: number }> {
  const objects = sampleObjects()
  await forEachAtOnce(objects, UPLOADS_AT_ONCE, async (object) => {
    await client.send(
      new PutObjectCommand({
        Bucket: bucket,
        Key: object.key,
        Body: sampleContent(object),
        ContentType: object.contentType,
        Metadata: { ...object.metadata },
      }),
    )
  })
  return { objects: objects.length, bytes: objects.reduce((sum, object) => sum + object.bytes, 0) }
}
