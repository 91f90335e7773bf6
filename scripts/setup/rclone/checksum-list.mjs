/**
 * @param {string} text a SHA256SUMS file, bare or with a PGP signature around it
 * @param {string} fileName
 * @returns {string | null} the SHA-256 of that file, in lower-case hex
 */
export function findChecksum(text, fileName) {
  for (const line of text.split('\n')) {
    const match = /^([0-9a-f]{64}) [ *](.+?)\r?$/i.exec(line)
    if (match?.[2] === fileName) return (match[1] ?? '').toLowerCase()
  }
  return null
}
