import { describe, expect, it } from 'vitest'
import type { Logger } from '../../../../src/main/logger.ts'
import type { SettingsFile } from '../../../../src/main/settings/settings-file.ts'
import { openSettingsStore } from '../../../../src/main/settings/settings-store.ts'
import { MIGRATION_ID, OTHER_ID } from '../fakes/views.ts'

const ACCOUNT_ID = 'd3f9c3a4-5b0e-4e0e-8f43-1f0f6a1d2c04'
const silent: Logger = { info: () => undefined, warn: () => undefined, error: () => undefined }

/** A settings file in memory that can be as broken as a real one. */
function fakeFile(content: Record<string, unknown> | Error, isReadOnly = false) {
  let present: Record<string, unknown> | Error = content
  let aside: unknown = null
  const file: SettingsFile = {
    open: () => {
      if (present instanceof Error) throw present
      return {
        get store() {
          return present as Record<string, unknown>
        },
        set store(value) {
          if (isReadOnly) throw new Error('ENOSPC')
          present = value
        },
      }
    },
    setAside: () => {
      aside = present
      present = {}
    },
  }
  return { file, content: () => present, aside: () => aside }
}

describe('settings', () => {
  it('S14: remembers the last viewed migration for each account, across starts', () => {
    const { file } = fakeFile({})
    const first = openSettingsStore({ file, logger: silent })
    first.setLastViewedMigrationId(ACCOUNT_ID, MIGRATION_ID)
    first.setLastViewedMigrationId(OTHER_ID, OTHER_ID)
    const second = openSettingsStore({ file, logger: silent })
    expect(second.lastViewedMigrationId(ACCOUNT_ID)).toBe(MIGRATION_ID)
    second.setLastViewedMigrationId(ACCOUNT_ID, null)
    expect(second.lastViewedMigrationId(ACCOUNT_ID)).toBeNull()
    expect(second.lastViewedMigrationId(OTHER_ID)).toBe(OTHER_ID)
  })

  it.each([
    ['no JSON', new SyntaxError('Unexpected token')],
    ['another shape', { windowBounds: 'wide' }],
    ['something that does not belong there', { apiKey: 'cck_1' }],
  ])('starts afresh and keeps the old file when it holds %s', (_what, content) => {
    const { file, aside } = fakeFile(content)
    const settings = openSettingsStore({ file, logger: silent })
    expect(settings.windowBounds()).toBeNull()
    expect(aside()).toBe(content)
    settings.setAwaitedMigrationIds(ACCOUNT_ID, [MIGRATION_ID])
    expect(openSettingsStore({ file, logger: silent }).awaitedMigrationIds(ACCOUNT_ID)).toEqual([MIGRATION_ID])
  })

  it('B7: keeps what it understands of the old file: without its names nobody finds what the keychain holds', () => {
    const source = { endpoint: 'https://s3.example.com', accessKeyId: 'AKIA1' }
    const content = { rememberedSources: { [ACCOUNT_ID]: [source] }, isKeyRemovalOwed: true, windowBounds: 'wide', later: 1 }
    const { file, aside } = fakeFile(content)
    expect(openSettingsStore({ file, logger: silent }).rememberedSources(ACCOUNT_ID)).toEqual([source])
    expect(aside()).toBe(content)
    const next = openSettingsStore({ file, logger: silent })
    expect(next.rememberedSources(ACCOUNT_ID)).toEqual([source])
    expect([next.isKeyRemovalOwed(), next.windowBounds()]).toEqual([true, null])
  })

  it('remembers across starts that a key has yet to leave the keychain', () => {
    const { file } = fakeFile({})
    openSettingsStore({ file, logger: silent }).setKeyRemovalOwed(true)
    const second = openSettingsStore({ file, logger: silent })
    expect(second.isKeyRemovalOwed()).toBe(true)
    second.setKeyRemovalOwed(false)
    expect(openSettingsStore({ file, logger: silent }).isKeyRemovalOwed()).toBe(false)
  })

  it('B7: keeps the names of remembered sources for each account, and nothing for one without any', () => {
    const { file, content } = fakeFile({})
    const source = { endpoint: 'https://s3.example.com', accessKeyId: 'AKIA1' }
    const first = openSettingsStore({ file, logger: silent })
    first.setRememberedSources(ACCOUNT_ID, [source])
    first.setRememberedSources(OTHER_ID, [source])
    const second = openSettingsStore({ file, logger: silent })
    expect(second.rememberedSources(ACCOUNT_ID)).toEqual([source])
    second.setRememberedSources(ACCOUNT_ID, [])
    expect(content()).toMatchObject({ rememberedSources: { [OTHER_ID]: [source] } })
    expect(second.rememberedSources(ACCOUNT_ID)).toEqual([])
  })

  it('B13: keeps preferences and the API address across starts; settings of an older version get the usual ones', () => {
    const { file } = fakeFile({ lastViewedMigrationIds: { [ACCOUNT_ID]: MIGRATION_ID } })
    const first = openSettingsStore({ file, logger: silent })
    expect(first.storedPreferences()).toMatchObject({ theme: 'system', isKeptInTray: true })
    expect([first.storedApiOrigin(), first.isTrayExplained()]).toEqual([null, false])
    first.setStoredPreferences({ ...first.storedPreferences(), theme: 'dark', isKeptInTray: false })
    first.setStoredApiOrigin('https://api.example.org')
    first.setTrayExplained()
    const second = openSettingsStore({ file, logger: silent })
    expect(second.storedPreferences()).toMatchObject({ theme: 'dark', isKeptInTray: false })
    expect([second.storedApiOrigin(), second.isTrayExplained()]).toEqual(['https://api.example.org', true])
    expect(second.lastViewedMigrationId(ACCOUNT_ID)).toBe(MIGRATION_ID)
    expect(second.awaitedMigrationIds(ACCOUNT_ID)).toEqual([])
  })

  it('goes on from memory when the disk is full', () => {
    const settings = openSettingsStore({ file: fakeFile({}, true).file, logger: silent })
    settings.setAwaitedMigrationIds(ACCOUNT_ID, [MIGRATION_ID])
    expect(settings.awaitedMigrationIds(ACCOUNT_ID)).toEqual([MIGRATION_ID])
    settings.setAwaitedMigrationIds(ACCOUNT_ID, [])
    expect(settings.awaitedMigrationIds(ACCOUNT_ID)).toEqual([])
  })
})
