import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readConfig } from '../../../src/main/config.ts'

describe('configuration', () => {
  it('needs no variable at all', () => {
    expect(readConfig({})).toEqual({
      apiOrigin: 'https://migrate-api.carolinacloud.io',
      apiOriginSource: 'default',
      userDataDir: null,
      demoFile: null,
      linuxDesktop: '',
      appImage: null,
    })
  })

  it.each([
    ['https://api.example.com', 'https://api.example.com'],
    ['https://api.example.com/', 'https://api.example.com'],
    ['http://127.0.0.1:8080', 'http://127.0.0.1:8080'],
    ['http://localhost:8080', 'http://localhost:8080'],
    ['http://[::1]:8080', 'http://[::1]:8080'],
  ])('takes the API origin %s', (text, origin) => {
    expect(readConfig({ CAROLINA_API_ORIGIN: text }).apiOrigin).toBe(origin)
  })

  it.each([
    'http://api.example.com',
    'http://127.0.0.1.example.com',
    'ftp://localhost',
    'https://api.example.com/v1',
    'https://user:pw@api.example.com',
    'api.example.com',
    '',
  ])('refuses the API origin "%s", so that no key travels in clear text or to the wrong place', (text) => {
    expect(() => readConfig({ CAROLINA_API_ORIGIN: text })).toThrow(/CAROLINA_API_ORIGIN/)
  })

  it('B13: an address in the environment is fixed', () => {
    const config = readConfig({ CAROLINA_API_ORIGIN: 'https://migrate-api.carolinacloud.io' })
    expect(config.apiOriginSource).toBe('environment')
  })

  it('refuses a relative folder for settings', () => {
    expect(() => readConfig({ CAROLINA_USER_DATA: 'here' })).toThrow(/CAROLINA_USER_DATA/)
    expect(readConfig({ CAROLINA_USER_DATA: '/tmp/here' }).userDataDir).toBe('/tmp/here')
  })

  it('B13: an AppImage is the app’s own only where the program runs from it, as an update replaces that file', () => {
    const mounted = mkdtempSync(join(realpathSync(tmpdir()), 'mount-'))
    const program = join(mounted, 'carolina-migrate')
    writeFileSync(program, '')
    const env = { APPIMAGE: '/home/ada/Carolina-Migrate.AppImage', APPDIR: mounted }
    expect(readConfig(env, program).appImage).toBe(env.APPIMAGE)
    expect(readConfig(env, '/usr/bin/env').appImage).toBeNull()
    expect(readConfig({ APPIMAGE: env.APPIMAGE }, program).appImage).toBeNull()
    expect(readConfig({ ...env, APPIMAGE: 'Carolina-Migrate.AppImage' }, program).appImage).toBeNull()
    expect(readConfig({ ...env, APPDIR: '/gone' }, program).appImage).toBeNull()
    rmSync(mounted, { recursive: true })
  })
})
