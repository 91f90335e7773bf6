import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { GIB } from '#shared/domain/units.ts'
import { stragglerFilter } from '../../../../../server/worker/stragglers/rclone-filter.ts'
import {
  isBeyondRclone,
  isFolderBeyondRclone,
  MAX_RCLONE_OBJECT_BYTES,
} from '../../../../../server/worker/stragglers/rclone-key-rules.ts'
import { isRcloneNeeded } from '../../../../../server/worker/stragglers/rclone-need.ts'
import { failingListing, listingOf } from './fakes/listings.ts'

const isOdd = (key: string): boolean => isBeyondRclone({ sourceKey: key, destinationKey: key, bytes: 1 })

describe('keys beyond rclone', () => {
  test.each([
    ...['/leading', '//two', '/', 'a//b', 'a///c', 'a//', 'marker/', 'deep/marker/'],
    ...['.', '..', './x', '../up', 'd/./f', 'd/../g', 'd/.', 'd/..', '．', 'd/．．', 'd/．/x'],
    ...['‛', 'x‛', '‛41', 'q‛z/x', 'w/␀', 'w/␁', 'w/␟', 'w/␡', 'n\0'],
    ...['c\u0001d/file', 'c\u001fd/e/f', 'c\uffffd/file'],
  ])('B3: %j is one', (key) => {
    expect(isOdd(key)).toBe(true)
  })

  test.each([
    ...['a', 'a/b', '.hidden', 'd/...', 'd/.../x', 'x.', '..x/y', 'x．', '．x/y', 'w/／x'],
    ...['c/\u0001', 'c/\n', 'c\nd/x', 'c\td/x', 'c/\u007f', 'n/é', 'n/e\u0301', '😀/🎉', ' ', ' d /x ', 'a+b/%2F', '\\', '?#&'],
    ...['y'.repeat(1024), `${'z'.repeat(100)}/`.repeat(10) + 'z'],
  ])('B3: %j is none', (key) => {
    expect(isOdd(key)).toBe(false)
  })

  test('B3: either key makes an object one, and a destination key of more than 1,024 bytes', () => {
    const plain = { sourceKey: 'a', destinationKey: 'a', bytes: 1 }
    expect(isBeyondRclone({ ...plain, sourceKey: 'a//b' })).toBe(true)
    expect(isBeyondRclone({ ...plain, destinationKey: 'to//a' })).toBe(true)
    expect(isBeyondRclone({ ...plain, destinationKey: 'ü'.repeat(512) })).toBe(false)
    expect(isBeyondRclone({ ...plain, destinationKey: 'ü'.repeat(513) })).toBe(true)
  })

  test('S18: so do bytes of which rclone cannot hold four parts, exactly where its filter begins', () => {
    const plain = { sourceKey: 'a', destinationKey: 'a' }
    expect(MAX_RCLONE_OBJECT_BYTES).toBe(312.5 * GIB)
    expect(isBeyondRclone({ ...plain, bytes: MAX_RCLONE_OBJECT_BYTES })).toBe(false)
    expect(isBeyondRclone({ ...plain, bytes: MAX_RCLONE_OBJECT_BYTES + 1 })).toBe(true)
    // rclone leaves out what is larger than this, in bytes.
    expect(stragglerFilter()['MaxSize']).toBe(MAX_RCLONE_OBJECT_BYTES)
  })
})

/** Pieces that keys are odd by, and some that only look so. */
const piece = fc.constantFrom(
  ...['/', '/', '.', '..', '．', '‛', '␀', '␁', '␉', '␟', '␡', '／', '\u0001', '\u001f', '\n', '\t', '\u007f', '\uffff'],
  ...['a', 'b', '4', '1', '2F', '‛41', ' ', 'é', '😀', '+', '%', '{', '}', '*', '['],
)
const key = fc
  .array(fc.oneof(piece, fc.string({ unit: 'binary', minLength: 1, maxLength: 3 })), { minLength: 1, maxLength: 8 })
  .map((pieces) => pieces.join(''))

describe('what rclone is told to leave alone', () => {
  test('B3: it is what the worker copies, no less and no more', () => {
    fc.assert(
      fc.property(key, (candidate) => {
        expect(isFilteredOut(candidate)).toBe(isOdd(candidate))
      }),
      { numRuns: 5_000 },
    )
  })

  test('B3: below a folder the filter sees a part of the key, and decides the same', () => {
    fc.assert(
      fc.property(key, key, (folderName, rest) => {
        const folder = `${folderName}/`
        if (isFolderBeyondRclone({ kind: 'folder', prefix: folder }, '')) {
          expect(isOdd(folder + rest)).toBe(true)
        } else {
          expect(isFilteredOut(rest)).toBe(isOdd(folder + rest))
        }
      }),
      { numRuns: 2_000 },
    )
  })
})

describe('whether rclone is needed at all', () => {
  const one = (key: string, size: number) => ({ source: listingOf([{ key, size }]) })

  test.each([
    [{ kind: 'bucket' }, '', true],
    [{ kind: 'bucket' }, 'to/', true],
    [{ kind: 'bucket' }, 'to//', false],
    [{ kind: 'bucket' }, '/', false],
    [{ kind: 'bucket' }, './to/', false],
    [{ kind: 'folder', prefix: 'from/' }, 'to/', true],
    [{ kind: 'folder', prefix: 'from/../x/' }, 'to/', false],
    [{ kind: 'folder', prefix: 'c\u0001/' }, 'to/', false],
  ] as const)('B3: for %j to %j: %s', async (target, prefix, expected) => {
    expect(await isRcloneNeeded({ source: failingListing }, target, prefix)).toBe(expected)
  })

  test('B3: for one object its own keys and size decide', async () => {
    const target = { kind: 'object', key: 'a/b' } as const
    expect(await isRcloneNeeded(one('b', 5), target, '')).toBe(true)
    expect(await isRcloneNeeded(one('to//b', 5), target, 'to//')).toBe(false)
    expect(await isRcloneNeeded(one('b', MAX_RCLONE_OBJECT_BYTES + 1), target, '')).toBe(false)
    expect(await isRcloneNeeded({ source: listingOf([]) }, target, '')).toBe(true)
    expect(await isRcloneNeeded({ source: failingListing }, target, '')).toBe(true)
  })
})

/** As rclone decides: it goes down the folders, whose rules hold for paths without slashes at their ends. */
function isFilteredOut(key: string): boolean {
  const rules = stragglerFilter()['FilterRule'] as readonly string[]
  const path = asRcloneWrites(key)
  const folders = [...path.matchAll(/\//g)].map(({ index }) => `${path.slice(0, index).replace(/^\/+|\/+$/g, '')}/`)
  const matches = (rule: string, text: string): boolean => toRegExp(rule).test(text)
  return (
    rules.some((rule) => matches(rule, path)) ||
    folders.some((folder) => rules.filter((rule) => rule.includes('**')).some((rule) => matches(rule, folder)))
  )
}

/** Of rclone's globs what the rules use: `- /{{regular expression}}`, and `**` for anything. */
function toRegExp(rule: string): RegExp {
  const [, expression, rest] = /^- \/\{\{(.*)\}\}(|\/\*\*)$/.exec(rule) ?? []
  expect(expression).toBeDefined()
  return new RegExp(`^(${String(expression)})${rest === '' ? '' : '/.*'}$`, 'us')
}

/**
 * rclone's own writing of a key (`lib/encoder`): read with the encoding `Slash,Dot`, written in its standard one.
 */
function asRcloneWrites(key: string): string {
  return key
    .split('/')
    .map((name) => {
      if (name === '.' || name === '．') return '．'
      if (name === '..' || name === '．．') return '．．'
      if (name === '‛．') return '‛．'
      if (name === '‛．‛．') return '‛．‛．'
      return name
        .replaceAll(/[‛\u2401-\u241f\u2421]/g, '‛$&')
        .replaceAll('\0', '␀')
        .replaceAll(/[\u0001-\u001f]/g, (char) => String.fromCharCode(0x2400 + char.charCodeAt(0)))
        .replaceAll('\u007f', '␡')
    })
    .join('/')
}
