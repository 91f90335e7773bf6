import { describe, expect, it } from 'vitest'
import { toKeychainProblem } from '../../../../src/main/secrets/keychain-error-rules.ts'
import { keychainName } from '../../../../src/main/secrets/keychain-name-rules.ts'

describe('keychain errors', () => {
  it.each([
    ['Cannot autolaunch D-Bus without X11 $DISPLAY', 'keychain-unavailable'],
    ['The name org.freedesktop.secrets was not provided by any .service files', 'keychain-unavailable'],
    ['Object does not exist at path "/org/freedesktop/secrets/collection/login"', 'keychain-locked'],
    ['Cannot create an item in a locked collection', 'keychain-locked'],
    ['User interaction is not allowed.', 'keychain-locked'],
    ['The operation was canceled by the user; user canceled the operation', 'keychain-denied'],
    ['Prompt was dismissed', 'keychain-denied'],
    ['The user name or passphrase you entered is not correct.', 'keychain-denied'],
    ['Access is denied.', 'keychain-denied'],
    ['libsecret-1.so.0: cannot open shared object file', 'keychain-unavailable'],
    ['something new', 'keychain-unavailable'],
  ])('"%s" → %s', (message, code) => {
    expect(toKeychainProblem(new Error(message))).toEqual({ code })
  })

  it('S9: takes nothing of the text along', () => {
    expect(toKeychainProblem(new Error('denied: cck_secret'))).toEqual({ code: 'keychain-denied' })
    expect(toKeychainProblem('cck_secret')).toEqual({ code: 'keychain-unavailable' })
  })
})

describe('keychain name', () => {
  it.each([
    ['darwin', '', 'macOS Keychain'],
    ['win32', '', 'Windows Credential Manager'],
    ['linux', 'ubuntu:GNOME', 'GNOME Keyring'],
    ['linux', 'GNOME-Classic:GNOME', 'GNOME Keyring'],
    ['linux', 'KDE', 'KWallet'],
    ['linux', 'sway', 'your keyring (Secret Service)'],
    ['linux', '', 'your keyring (Secret Service)'],
  ] as const)('on %s with desktop "%s": %s', (platform, desktop, name) => {
    expect(keychainName(platform, desktop)).toBe(name)
  })
})
