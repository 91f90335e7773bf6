import { describe, expect, it } from 'vitest'
import { encodeAuthority } from '../../../../scripts/desktop-session/display.mjs'
import { chooseParts } from '../../../../scripts/desktop-session/open-session.mjs'
import { parseMark } from '../../../../scripts/desktop-session/session-processes.mjs'

const bus = { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/run/user/1/bus' }
const desk = { DISPLAY: ':0', ...bus }
const choose = (input: Partial<Parameters<typeof chooseParts>[0]>) =>
  chooseParts({ platform: 'linux', env: {}, headless: 'auto', keyring: undefined, ...input })

describe('what a session has of its own', () => {
  it('is all of it where there is no display', () => {
    expect(choose({})).toEqual({ headless: true, keyring: 'unlocked' })
  })

  it("is nothing on a user's desktop, unless asked for", () => {
    expect(choose({ env: desk })).toEqual({ headless: false, keyring: 'user' })
    expect(choose({ env: { WAYLAND_DISPLAY: 'wayland-0', ...bus } })).toEqual({ headless: false, keyring: 'user' })
    expect(choose({ env: desk, headless: true })).toEqual({ headless: true, keyring: 'unlocked' })
    expect(choose({ env: desk, keyring: 'unlocked' })).toEqual({ headless: false, keyring: 'unlocked' })
  })

  it('is nothing on macOS and Windows', () => {
    expect(choose({ platform: 'darwin', headless: true })).toEqual({ headless: false, keyring: 'user' })
    expect(choose({ platform: 'win32' })).toEqual({ headless: false, keyring: 'user' })
  })

  it('refuses what is not there, in a sentence', () => {
    expect(() => choose({ headless: false })).toThrow(/no display/)
    expect(() => choose({ keyring: 'user' })).toThrow(/no session bus/)
  })
})

describe('parseMark', () => {
  const limits = (soft: string) => `Limit                     Soft Limit           Hard Limit           Units     \nMax resident set          ${soft}            unlimited            bytes     \n`

  it("reads the session's number off a process's limits", () => {
    expect(parseMark(limits('96557604298752'))).toBe(96_557_604_298_752)
  })

  it('finds none on an ordinary process', () => {
    expect(parseMark(limits('unlimited'))).toBeNull()
    expect(parseMark('')).toBeNull()
  })
})

it('writes a cookie as xauth does, for any display', () => {
  const bytes = encodeAuthority(Buffer.alloc(16, 7))
  expect(bytes.subarray(0, 6).toString('hex')).toBe('ffff00000000')
  expect(bytes.readUInt16BE(6)).toBe(18)
  expect(bytes.subarray(8, 26).toString()).toBe('MIT-MAGIC-COOKIE-1')
  expect(bytes.readUInt16BE(26)).toBe(16)
  expect(bytes.length).toBe(44)
})
