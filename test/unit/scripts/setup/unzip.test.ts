import { mkdtempSync, readFileSync, readlinkSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deflateRawSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { unzip } from '../../../../scripts/setup/unzip.mjs'

interface Entry {
  readonly name: string
  readonly mode: number
  readonly content: string
  readonly stored?: boolean
}

/** A zip file as the format describes it; sums are left at 0, which the unpacker does not look at. */
function zip(entries: readonly Entry[]): Buffer {
  const bodies: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const { name, mode, content, stored } of entries) {
    const data = stored ? Buffer.from(content) : deflateRawSync(content)
    const local = Buffer.alloc(30)
    local.writeUInt32LE(0x04034b50, 0)
    local.writeUInt16LE(Buffer.byteLength(name), 26)
    const central = Buffer.alloc(46)
    central.writeUInt32LE(0x02014b50, 0)
    central.writeUInt16LE(stored ? 0 : 8, 10)
    central.writeUInt32LE(data.length, 20)
    central.writeUInt16LE(Buffer.byteLength(name), 28)
    central.writeUInt32LE((mode << 16) >>> 0, 38)
    central.writeUInt32LE(offset, 42)
    bodies.push(local, Buffer.from(name), data)
    directory.push(central, Buffer.from(name))
    offset += 30 + Buffer.byteLength(name) + data.length
  }
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt32LE(Buffer.concat(directory).length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...bodies, ...directory, end])
}

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'unzip-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const write = (entries: readonly Entry[]) => {
  const file = join(folder, 'a.zip')
  writeFileSync(file, zip(entries))
  return file
}

describe('unzip', () => {
  it('keeps contents, permissions and links', async () => {
    const file = write([
      { name: 'bin/tool', mode: 0o100755, content: 'x'.repeat(100_000) },
      { name: 'plain.txt', mode: 0o100644, content: 'plain', stored: true },
      { name: 'empty', mode: 0o100600, content: '', stored: true },
      { name: 'link', mode: 0o120777, content: 'bin/tool', stored: true },
    ])
    await unzip(file, join(folder, 'out'))
    expect(readFileSync(join(folder, 'out', 'bin', 'tool'), 'utf8')).toBe('x'.repeat(100_000))
    expect(statSync(join(folder, 'out', 'bin', 'tool')).mode & 0o777).toBe(0o755)
    expect(readFileSync(join(folder, 'out', 'plain.txt'), 'utf8')).toBe('plain')
    expect(statSync(join(folder, 'out', 'empty')).size).toBe(0)
    expect(readlinkSync(join(folder, 'out', 'link'))).toBe('bin/tool')
  })

  it('unpacks only what is wanted', async () => {
    const file = write([
      { name: 'a', mode: 0o100644, content: 'a' },
      { name: 'b', mode: 0o100644, content: 'b' },
    ])
    await unzip(file, join(folder, 'out'), (name) => name === 'b')
    expect(() => statSync(join(folder, 'out', 'a'))).toThrow()
    expect(readFileSync(join(folder, 'out', 'b'), 'utf8')).toBe('b')
  })

  it('refuses a name that leads out of the folder', async () => {
    const file = write([{ name: '../evil', mode: 0o100644, content: 'x' }])
    await expect(unzip(file, join(folder, 'out'))).rejects.toThrow(/leads out of the folder/)
  })

  it('says so when it is no zip file', async () => {
    const file = join(folder, 'b.zip')
    writeFileSync(file, 'nothing')
    await expect(unzip(file, join(folder, 'out'))).rejects.toThrow(/not a zip file/)
  })
})
