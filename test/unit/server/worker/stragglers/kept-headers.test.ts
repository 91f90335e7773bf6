import type { HeadObjectCommandOutput } from '@aws-sdk/client-s3'
import { describe, expect, test } from 'vitest'
import { keptHeaders } from '../../../../../server/worker/stragglers/kept-headers.ts'

const head = (facts: Partial<HeadObjectCommandOutput>): HeadObjectCommandOutput => ({ $metadata: {}, ...facts })
/** As Node hands over the UTF-8 bytes of a header. */
const asReceived = (text: string): string => Buffer.from(text).toString('latin1')

describe('B3: what is kept of an object beside its bytes', () => {
  test('is what rclone keeps, with the times that it adds', () => {
    const LastModified = new Date('2026-03-04T05:06:07Z')
    const kept = {
      ContentType: 'image/png',
      CacheControl: 'max-age=5',
      ContentDisposition: 'attachment; filename="x"',
      ContentEncoding: 'gzip',
      ContentLanguage: 'de',
    }
    expect(keptHeaders(head({ ...kept, LastModified, ETag: '"x"', StorageClass: 'GLACIER_IR', Metadata: { owner: 'ada' } }))).toEqual({
      ...kept,
      Metadata: { owner: 'ada', mtime: '1772600767', btime: '2026-03-04T05:06:07Z' },
    })
  })

  test('is its own modification time where the metadata has one', () => {
    const { Metadata } = keptHeaders(head({ LastModified: new Date(0), Metadata: { mtime: '1700000000.25', btime: 'x' } }))
    expect(Metadata).toEqual({ mtime: '1700000000.25', btime: '1970-01-01T00:00:00Z' })
  })

  test('is nothing that the store did not tell', () => {
    expect(Object.values(keptHeaders(head({}))).filter((value) => value !== undefined)).toEqual([{}])
  })

  test('is text in UTF-8, and what is none as it came', () => {
    const kept = keptHeaders(
      head({
        ContentDisposition: asReceived('attachment; filename="größe 日本.pdf"'),
        Metadata: { title: asReceived('é'), latin: '\u00e9' },
      }),
    )
    expect(kept.ContentDisposition).toBe('attachment; filename="größe 日本.pdf"')
    expect(kept.Metadata).toEqual({ title: 'é', latin: '\u00e9' })
  })

  test.each([
    ['aws-chunked', undefined],
    ['aws-chunked,gzip', 'gzip'],
    ['gzip, aws-chunked', 'gzip'],
    ['gzip, br', 'gzip, br'],
  ])('is no way of sending: %s', (ContentEncoding, kept) => {
    expect(keptHeaders(head({ ContentEncoding })).ContentEncoding).toBe(kept)
  })
})
