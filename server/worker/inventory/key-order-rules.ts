/**
 * The order in which S3 lists: by the UTF-8 bytes of the key. JavaScript compares UTF-16 code units, which
 * differs where a character beyond U+FFFF (a surrogate pair) meets U+E000..U+FFFF.
 */
export function compareKeys(a: string, b: string): number {
  const length = Math.min(a.length, b.length)
  for (let index = 0; index < length; index += 1) {
    const left = a.charCodeAt(index)
    const right = b.charCodeAt(index)
    if (left !== right) return codePointRank(left) - codePointRank(right)
  }
  return a.length - b.length
}

// Moves surrogates above the rest of the plane, where their code points belong.
function codePointRank(unit: number): number {
  if (unit < 0xd800) return unit
  return unit < 0xe000 ? unit + 0x2000 : unit - 0x800
}

/** Of items in this order: where one with this key would be inserted, behind its equals. */
export function indexBehind<T>(items: readonly T[], key: string, keyOf: (item: T) => string): number {
  let [low, high] = [0, items.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (compareKeys(keyOf(items[middle] as T), key) > 0) high = middle
    else low = middle + 1
  }
  return low
}
