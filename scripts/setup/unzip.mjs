import { createReadStream, createWriteStream, mkdirSync, symlinkSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { dirname, resolve, sep } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createInflateRaw, inflateRawSync } from 'node:zlib'

const END_RECORD = 0x06054b50
const ENTRY = 0x02014b50
const SYMLINK = 0o120000
const TYPE_MASK = 0o170000

/**
 * Unpacks a zip file with its permissions and links. Here because a bare machine has no `unzip`; the archives are
 * checked against a known hash before, so entries are not summed again. No ZIP64 (archives below 4 GiB).
 * @param {string} zipFile
 * @param {string} folder
 * @param {(name: string) => boolean} [wanted]
 */
export async function unzip(zipFile, folder, wanted = () => true) {
  const file = await open(zipFile)
  try {
    for (const entry of await readEntries(file)) {
      if (entry.name.endsWith('/') || !wanted(entry.name)) continue
      const target = resolve(folder, entry.name)
      if (!target.startsWith(resolve(folder) + sep)) throw new Error(`${zipFile}: "${entry.name}" leads out of the folder`)
      mkdirSync(dirname(target), { recursive: true })
      const start = await dataOffset(file, entry.offset)
      if ((entry.mode & TYPE_MASK) === SYMLINK) {
        const raw = await readAt(file, start, entry.size)
        symlinkSync((entry.deflated ? inflateRawSync(raw) : raw).toString(), target)
      } else await writeEntry(zipFile, start, entry, target)
    }
  } finally {
    await file.close()
  }
}

/**
 * @typedef {{ name: string, mode: number, deflated: boolean, size: number, offset: number }} Entry
 *   `size`: compressed bytes
 */

/**
 * @param {string} zipFile
 * @param {number} start
 * @param {Entry} entry
 * @param {string} target
 */
async function writeEntry(zipFile, start, entry, target) {
  const output = createWriteStream(target, { mode: entry.mode & 0o777 || 0o644 })
  if (entry.size === 0) return new Promise((done) => output.end(() => done(undefined)))
  const input = createReadStream(zipFile, { start, end: start + entry.size - 1, highWaterMark: 1 << 20 })
  return entry.deflated ? pipeline(input, createInflateRaw({ chunkSize: 1 << 18 }), output) : pipeline(input, output)
}

/**
 * @param {import('node:fs/promises').FileHandle} file
 * @returns {Promise<Entry[]>}
 */
async function readEntries(file) {
  const { size } = await file.stat()
  const tailLength = Math.min(size, 22 + 0xffff)
  const tail = await readAt(file, size - tailLength, tailLength)
  let end = tail.length - 22
  while (end >= 0 && tail.readUInt32LE(end) !== END_RECORD) end--
  if (end < 0) throw new Error('not a zip file, or cut off')
  const directory = await readAt(file, tail.readUInt32LE(end + 16), tail.readUInt32LE(end + 12))
  /** @type {Entry[]} */
  const entries = []
  for (let at = 0; at + 46 <= directory.length && directory.readUInt32LE(at) === ENTRY; ) {
    const nameLength = directory.readUInt16LE(at + 28)
    entries.push({
      name: directory.toString('utf8', at + 46, at + 46 + nameLength),
      mode: directory.readUInt32LE(at + 38) >>> 16,
      deflated: directory.readUInt16LE(at + 10) === 8,
      size: directory.readUInt32LE(at + 20),
      offset: directory.readUInt32LE(at + 42)
    })
    at += 46 + nameLength + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32)
  }
  return entries
}

/**
 * @param {import('node:fs/promises').FileHandle} file
 * @param {number} offset of the entry's own header
 */
async function dataOffset(file, offset) {
  const header = await readAt(file, offset, 30)
  return offset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28)
}

/**
 * @param {import('node:fs/promises').FileHandle} file
 * @param {number} position
 * @param {number} length
 */
async function readAt(file, position, length) {
  const buffer = Buffer.alloc(length)
  await file.read(buffer, 0, length, position)
  return buffer
}
