import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

const FIRST_ANSWER_MS = 8_000
const WHOLE_FILE_MS = 300_000

/**
 * @param {string} url
 * @param {Record<string, string>} [headers]
 * @returns {Promise<string>}
 */
export async function fetchText(url, headers) {
  return (await request(url, FIRST_ANSWER_MS * 2, headers)).text()
}

/**
 * @param {string} url
 * @param {string} file
 */
export async function fetchFile(url, file) {
  const response = await request(url, WHOLE_FILE_MS)
  if (!response.body) throw new Error(`${url}: empty answer`)
  await pipeline(Readable.fromWeb(/** @type {any} */ (response.body)), createWriteStream(file))
}

/**
 * @param {string} url
 * @param {number} wholeMs
 * @param {Record<string, string>} [headers]
 */
async function request(url, wholeMs, headers = {}) {
  const host = new URL(url).host
  const abort = new AbortController()
  const first = setTimeout(() => abort.abort(), FIRST_ANSWER_MS)
  setTimeout(() => abort.abort(), wholeMs).unref()
  try {
    const response = await fetch(url, { signal: abort.signal, headers })
    if (!response.ok) throw new Error(`${host} answered ${response.status}`)
    return response
  } catch (error) {
    if (abort.signal.aborted) throw new Error(`${host} did not answer`)
    const cause = /** @type {any} */ (error).cause
    throw cause ? new Error(`${host} cannot be reached (${cause.code ?? cause.message})`) : error
  } finally {
    clearTimeout(first)
  }
}

/**
 * @param {string} file
 * @param {'sha256' | 'sha512'} algorithm
 * @param {'hex' | 'base64'} encoding
 * @returns {Promise<string>}
 */
export async function hashFile(file, algorithm, encoding) {
  const hash = createHash(algorithm)
  await pipeline(createReadStream(file, { highWaterMark: 1 << 20 }), hash)
  return hash.digest(encoding)
}
