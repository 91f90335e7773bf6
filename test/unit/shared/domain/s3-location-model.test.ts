import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  decideSourceTarget,
  destinationFolder,
  destinationKey,
  mirroredDestinationPrefix,
  type SourceTarget,
} from '#shared/domain/s3-location-model.ts'

describe('deciding what is copied (S2, E5)', () => {
  const decide = (typed: string, hasExactObject: boolean, hasObjectsBelow: boolean) =>
    decideSourceTarget({ typed, hasExactObject, hasObjectsBelow })

  it('takes an empty prefix as the whole bucket, unless the bucket is empty', () => {
    expect(decide('', false, true)).toEqual({ kind: 'decided', target: { kind: 'bucket' } })
    expect(decide('', false, false)).toEqual({ kind: 'nothing-there' })
  })

  it('takes photos and photos/ as the folder, report.pdf as the object', () => {
    const folder = { kind: 'decided', target: { kind: 'folder', prefix: 'photos/' } }
    expect(decide('photos', false, true)).toEqual(folder)
    expect(decide('photos/', false, true)).toEqual(folder)
    expect(decide('report.pdf', true, false)).toEqual({ kind: 'decided', target: { kind: 'object', key: 'report.pdf' } })
  })

  it('takes photos/ as the folder even where a marker object of that name exists', () => {
    expect(decide('photos/', true, true)).toEqual({ kind: 'decided', target: { kind: 'folder', prefix: 'photos/' } })
  })

  it('asks when an object and a folder share the name', () => {
    expect(decide('photos', true, true)).toMatchObject({ kind: 'ambiguous' })
  })

  it('finds nothing for the bare beginning of a name, which rclone would copy as nothing, with success', () => {
    expect(decide('exper', false, false)).toEqual({ kind: 'nothing-there' })
  })
})

describe('where things land (S4)', () => {
  const object: SourceTarget = { kind: 'object', key: 'docs/report.pdf' }
  const folder: SourceTarget = { kind: 'folder', prefix: 'photos/2025/' }

  it('lands a mirrored single object at its own key, not in a folder of that name', () => {
    expect(destinationKey(object, mirroredDestinationPrefix(object), 'docs/report.pdf')).toBe('docs/report.pdf')
    expect(destinationKey(object, destinationFolder('docs/report.pdf', object), 'docs/report.pdf')).toBe('docs/report.pdf')
  })

  it('lands a single object in an edited folder by its own name', () => {
    expect(destinationKey(object, destinationFolder('backup', object), 'docs/report.pdf')).toBe('backup/report.pdf')
    expect(destinationKey(object, destinationFolder('', object), 'docs/report.pdf')).toBe('report.pdf')
  })

  it('keeps paths below a folder relative to that folder', () => {
    expect(destinationKey(folder, destinationFolder('old', folder), 'photos/2025/a/b.jpg')).toBe('old/a/b.jpg')
  })

  it('mirrors every key onto itself, whatever is copied (property)', () => {
    const key = fc.string({ minLength: 1, unit: 'grapheme' }).filter((text) => !text.endsWith('/'))
    const target = key.chain((k) =>
      fc.constantFrom<SourceTarget>(
        { kind: 'bucket' },
        { kind: 'object', key: k },
        ...(k.includes('/') ? [{ kind: 'folder' as const, prefix: k.slice(0, k.lastIndexOf('/') + 1) }] : []),
      ).map((t) => [k, t] as const),
    )
    fc.assert(
      fc.property(target, ([k, t]) => {
        expect(destinationKey(t, mirroredDestinationPrefix(t), k)).toBe(k)
      }),
    )
  })

  it('never gives two source keys one destination key (property)', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 2, maxLength: 20 }), fc.string(), (names, typed) => {
        const keys = names.map((name) => `photos/2025/${name}`)
        const landed = keys.map((k) => destinationKey(folder, destinationFolder(typed, folder), k))
        expect(new Set(landed).size).toBe(keys.length)
      }),
    )
  })
})
