/** About so many columns stay at the end of a key that is too long for its line: the file's name and ending. */
const TAIL_COLUMNS = 14
const RIGHT_TO_LEFT_HEAD_COLUMNS = 8
const HEAD_COLUMNS = 60

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' })
const isWide = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Extended_Pictographic}]/u
const rightToLeft = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u
// Line breaks, bidirectional overrides, zero-width characters: what would change or hide the text around it. Joiners
// stay: Persian words and many emoji are written with them.
const hidden = /(?![\u200C\u200D])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu

/** The key with what cannot be seen made visible: `a\n` → `a␊`, an override → `⟨U+202E⟩`. For showing only. */
export function visibleKey(key: string): string {
  return key.replace(hidden, (character) => {
    const code = character.codePointAt(0) ?? 0
    if (code < 0x20) return String.fromCodePoint(0x2400 + code)
    return `⟨U+${code.toString(16).toUpperCase().padStart(4, '0')}⟩`
  })
}

/**
 * Cuts a key into the head, which a line may shorten at its right end, and the tail that stays. Never inside a
 * character as a person counts them. The right end of right-to-left words is their beginning: such a key is shortened
 * here, and has no head.
 */
export function splitKey(key: string): { readonly head: string; readonly tail: string } {
  const characters = [...segmenter.segment(key)].map(({ segment }) => segment)
  const tail = takeColumns(characters.toReversed(), TAIL_COLUMNS).toReversed()
  const head = characters.slice(0, characters.length - tail.length)
  if (!rightToLeft.test(key)) return { head: head.join(''), tail: tail.join('') }
  const start = takeColumns(head, RIGHT_TO_LEFT_HEAD_COLUMNS)
  const ellipsis = start.length < head.length ? '…' : ''
  return { head: '', tail: `${start.join('')}${ellipsis}${tail.join('')}` }
}

/** In a sentence: of a key that would fill the window only its beginning and its end. */
export function shortenedKey(key: string): string {
  const { head, tail } = splitKey(key)
  const characters = [...segmenter.segment(head)].map(({ segment }) => segment)
  const start = takeColumns(characters, HEAD_COLUMNS)
  return `${start.join('')}${start.length < characters.length ? '…' : ''}${tail}`
}

function takeColumns(characters: readonly string[], wantedColumns: number): readonly string[] {
  let columns = 0
  let count = 0
  while (count < characters.length && columns < wantedColumns) {
    columns += isWide.test(characters[count] ?? '') ? 2 : 1
    count += 1
  }
  return characters.slice(0, count)
}
