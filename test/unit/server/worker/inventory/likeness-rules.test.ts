import { describe, expect, test } from 'vitest'
import { isFolderMarker, likenessOf } from '../../../../../server/worker/inventory/likeness-rules.ts'
import type { ListedObject } from '../../../../../server/worker/inventory/object-listing.ts'
import { listed } from './support/listed.ts'

const md5 = (digit: string): string => digit.repeat(32)
const object = (etag: string, lastModifiedMs = 5_000, size = 10): ListedObject =>
  listed('k', { size, etag, lastModifiedMs })

describe('what two listings tell of one key', () => {
  test.each([
    ['equal size and MD5', object(md5('a')), object(md5('a')), 'by-checksum'],
    ['another case of the MD5', object(md5('A')), object(md5('a')), 'by-checksum'],
    ['another size', object(md5('a')), object(md5('a'), 5_000, 11), 'other-size'],
    ['another MD5', object(md5('a')), object(md5('b')), 'other-checksum'],
    ['equal multipart uploads', object(`${md5('a')}-4`), object(`${md5('a')}-4`, 1_000), 'by-checksum'],
    ['a multipart upload and a later copy', object(`${md5('a')}-4`), object(md5('b'), 6_000), 'by-size'],
    ['a multipart upload and a copy of the same second', object(`${md5('a')}-4`, 5_900), object(md5('b')), 'by-size'],
    ['a multipart upload after the copy', object(`${md5('a')}-4`, 6_000), object(md5('b')), 'stale'],
    ['stores without ETags, a later copy', object(''), object('', 6_000), 'by-size'],
    ['stores without ETags, an older copy', object(''), object('', 1_000), 'stale'],
    ['equal ETags that are no checksum', object('7', 6_000), object('7'), 'stale'],
    ['equal ETags of 32 other characters', object('x'.repeat(32)), object('x'.repeat(32), 6_000), 'by-size'],
    ['empty objects', object('x', 9_000, 0), object('y', 1_000, 0), 'by-checksum'],
  ] as const)('B3: %s', (_name, source, destination, likeness) => {
    expect(likenessOf(source, destination, false)).toBe(likeness)
  })

  test('B3: with opaque ETags only equal ones tell anything', () => {
    expect(likenessOf(object(md5('a')), object(md5('b'), 6_000), true)).toBe('by-size')
    expect(likenessOf(object(md5('a')), object(md5('b'), 1_000), true)).toBe('stale')
    expect(likenessOf(object(md5('a')), object(md5('a'), 1_000), true)).toBe('by-checksum')
  })

  test.each([
    ['dir/', 0, true],
    ['dir/', 1, false],
    ['dir', 0, false],
  ])('a folder marker is empty and ends in a slash: %s of %i bytes', (key, size, isMarker) => {
    expect(isFolderMarker(listed(key, { size }))).toBe(isMarker)
  })
})
