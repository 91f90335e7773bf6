import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { shortenedKey, splitKey, visibleKey } from '../../../../src/renderer/presenters/key-presenter.ts'

describe('keys as they are shown', () => {
  it.each([
    ['a\nb\t', 'a␊b␉'],
    ['invoice\u202Efdp.exe', 'invoice⟨U+202E⟩fdp.exe'],
    ['a\u200Bb', 'a⟨U+200B⟩b'],
    ['photos/写真 ü.jpg', 'photos/写真 ü.jpg'],
    ['👩‍👧.png', '👩‍👧.png'],
  ])('%j reads %s', (key, shown) => expect(visibleKey(key)).toBe(shown))

  it('leaves nothing that could hide or turn the text around it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (key) => {
        expect(visibleKey(key)).not.toMatch(/[\p{Cc}\u202A-\u202E\u2066-\u2069\u200B\u2028\u2029]/u)
      }),
    )
  })

  it('cuts so that the file’s name stays, and nothing gets lost', () => {
    const { head, tail } = splitKey('photos/2019/raw/card-1/IMG_0001.dng')
    expect(tail).toContain('IMG_0001.dng')
    expect(head + tail).toBe('photos/2019/raw/card-1/IMG_0001.dng')
    expect(splitKey('a.txt')).toEqual({ head: '', tail: 'a.txt' })
  })

  it('counts wide characters twice and never cuts a composed one', () => {
    expect(splitKey('船'.repeat(40)).tail).toHaveLength(7)
    const families = splitKey('👩‍👩‍👧'.repeat(30))
    expect(families.head.endsWith('👩‍👩‍👧')).toBe(true)
    expect(families.tail.startsWith('👩‍👩‍👧')).toBe(true)
  })

  it('shortens right-to-left keys by itself, in the order they are read', () => {
    const { head, tail } = splitKey(`photos/${'ميناء/'.repeat(20)}صورة.jpg`)
    expect(head).toBe('')
    expect(tail).toMatch(/^photos\/م…/u)
    expect(tail.endsWith('صورة.jpg')).toBe(true)
  })

  it('keeps what a sentence can hold, and of more the beginning and the end', () => {
    expect(shortenedKey('photos/')).toBe('photos/')
    const long = `${'long-folder-name/'.repeat(50)}the-last-one/`
    expect(shortenedKey(long)).toBe(`${long.slice(0, 60)}…${long.slice(-14)}`)
    expect(shortenedKey('תיקייה/'.repeat(50)).length).toBeLessThan(40)
  })
})
