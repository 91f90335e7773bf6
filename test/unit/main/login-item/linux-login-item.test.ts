import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { autostartText } from '../../../../src/main/login-item/autostart-entry.ts'
import { createLinuxLoginItem } from '../../../../src/main/login-item/linux-login-item.ts'

const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})

function setUp(program = '/opt/Carolina Migrate/carolina-migrate') {
  const folder = mkdtempSync(join(tmpdir(), 'autostart-'))
  folders.push(folder)
  const file = join(folder, 'autostart', 'io.carolinacloud.migrate.desktop')
  const entry = { name: 'Carolina Migrate', command: [program, '--launched-at-login'] }
  return { file, entry, item: createLinuxLoginItem({ file, entry }) }
}

describe('autostart on Linux', () => {
  it('B13: is switched on by a whole file that starts this program, and off without a trace', () => {
    const { file, item } = setUp()
    expect(item.isEnabled()).toBe(false)
    expect(item.setEnabled(true)).toBeNull()
    expect(item.isEnabled()).toBe(true)
    expect(readFileSync(file, 'utf8')).toContain('Exec="/opt/Carolina Migrate/carolina-migrate" "--launched-at-login"\n')
    expect(readdirSync(dirname(file))).toHaveLength(1)
    expect(item.setEnabled(false)).toBeNull()
    expect(readdirSync(dirname(file))).toEqual([])
    expect(item.setEnabled(false)).toBeNull()
  })

  it.each(['Hidden=true', 'X-GNOME-Autostart-enabled=false'])('is off where the desktop says %s, and stays so', (line) => {
    const { file, item } = setUp()
    item.setEnabled(true)
    const text = `[Desktop Entry]\nType=Application\nExec=old\n${line}\n`
    writeFileSync(file, text)
    expect(item.isEnabled()).toBe(false)
    item.refresh()
    expect(readFileSync(file, 'utf8')).toBe(text)
    item.setEnabled(true)
    expect(item.isEnabled()).toBe(true)
  })

  it('finds the program again where it has moved to, and makes no file that was not there', () => {
    const { file, entry, item } = setUp()
    item.refresh()
    expect(item.isEnabled()).toBe(false)
    item.setEnabled(true)
    const moved = createLinuxLoginItem({ file, entry: { ...entry, command: ['/new/place'] } })
    moved.refresh()
    expect(readFileSync(file, 'utf8')).toContain('Exec="/new/place"\n')
  })

  it('says why it cannot, and leaves nothing half-written', () => {
    const { file, item } = setUp()
    mkdirSync(file, { recursive: true })
    expect(item.setEnabled(true)).toMatch(/^E[A-Z]+$/)
    expect(readdirSync(dirname(file))).toEqual(['io.carolinacloud.migrate.desktop'])
  })

  it.each([
    ['/a b/c', '"/a b/c"'],
    ['/100%/x', '"/100%%/x"'],
    ['/a"b', String.raw`"/a\\"b"`],
    ['/a$b`c', String.raw`"/a\\$b\\` + '`c"'],
    [String.raw`/a\b`, String.raw`"/a\\\\b"`],
  ])('writes the path %s as the specification has it', (path, exec) => {
    expect(autostartText({ name: 'x', command: [path] })).toContain(`Exec=${exec}\n`)
  })
})
