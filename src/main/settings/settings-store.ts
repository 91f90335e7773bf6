import type { Logger } from '../logger.ts'
import type { SettingsFile } from './settings-file.ts'
import {
  type RememberedSource,
  type Settings,
  settingsSchema,
  type StoredPreferences,
  type WindowBounds,
} from './settings-schema.ts'

export interface SettingsStore {
  readonly lastViewedMigrationId: (accountId: string) => string | null
  readonly setLastViewedMigrationId: (accountId: string, migrationId: string | null) => void
  readonly awaitedMigrationIds: (accountId: string) => readonly string[]
  readonly setAwaitedMigrationIds: (accountId: string, migrationIds: readonly string[]) => void
  readonly isKeyRemovalOwed: () => boolean
  readonly setKeyRemovalOwed: (isOwed: boolean) => void
  readonly rememberedSources: (accountId: string) => readonly RememberedSource[]
  readonly setRememberedSources: (accountId: string, sources: readonly RememberedSource[]) => void
  readonly windowBounds: () => WindowBounds | null
  readonly setWindowBounds: (bounds: WindowBounds) => void
  readonly storedPreferences: () => StoredPreferences
  readonly setStoredPreferences: (preferences: StoredPreferences) => void
  readonly storedApiOrigin: () => string | null
  readonly setStoredApiOrigin: (origin: string | null) => void
  readonly isTrayExplained: () => boolean
  readonly setTrayExplained: () => void
}

interface SettingsPorts {
  readonly file: SettingsFile
  readonly logger: Logger
}

/**
 * Opens the settings. A file that cannot be understood is set aside, and the app goes on with what can be understood of
 * it: the names of remembered secrets above all, which nobody could find in the keychain without them.
 */
export function openSettingsStore({ file, logger }: SettingsPorts): SettingsStore {
  const opened = openFile(file, logger)
  let settings = opened.settings

  const change = (part: Partial<Settings>): void => {
    settings = { ...settings, ...part }
    write(opened.file, settings, logger)
  }
  return {
    lastViewedMigrationId: (accountId) => settings.lastViewedMigrationIds[accountId] ?? null,
    setLastViewedMigrationId: (accountId, migrationId) => {
      change({ lastViewedMigrationIds: replaced(settings.lastViewedMigrationIds, accountId, migrationId) })
    },
    awaitedMigrationIds: (accountId) => settings.awaitedMigrationIds[accountId] ?? [],
    setAwaitedMigrationIds: (accountId, migrationIds) => {
      const mine = migrationIds.length === 0 ? null : [...migrationIds]
      change({ awaitedMigrationIds: replaced(settings.awaitedMigrationIds, accountId, mine) })
    },
    isKeyRemovalOwed: () => settings.isKeyRemovalOwed,
    setKeyRemovalOwed: (isKeyRemovalOwed) => change({ isKeyRemovalOwed }),
    rememberedSources: (accountId) => settings.rememberedSources[accountId] ?? [],
    setRememberedSources: (accountId, sources) => {
      const mine = sources.length === 0 ? null : [...sources]
      change({ rememberedSources: replaced(settings.rememberedSources, accountId, mine) })
    },
    windowBounds: () => settings.windowBounds,
    setWindowBounds: (windowBounds) => change({ windowBounds }),
    storedPreferences: () => settings.preferences,
    setStoredPreferences: (preferences) => change({ preferences }),
    storedApiOrigin: () => settings.apiOrigin,
    setStoredApiOrigin: (apiOrigin) => change({ apiOrigin }),
    isTrayExplained: () => settings.isTrayExplained,
    setTrayExplained: () => change({ isTrayExplained: true }),
  }
}

/** The table with one account's entry replaced, or gone for null. */
function replaced<T>(table: Readonly<Record<string, T>>, accountId: string, mine: T | null): Record<string, T> {
  const others = Object.entries(table).filter(([id]) => id !== accountId)
  return Object.fromEntries(mine === null ? others : [...others, [accountId, mine]])
}

function write(opened: ReturnType<SettingsFile['open']>, settings: Settings, logger: Logger): void {
  try {
    opened.store = settings
  } catch {
    // A full disk costs the memory of this run, not the run.
    logger.warn('settings-not-written')
  }
}

function openFile(file: SettingsFile, logger: Logger) {
  let usable: Settings = settingsSchema.parse({})
  try {
    const opened = file.open()
    const settings = settingsSchema.safeParse(opened.store)
    if (settings.success) return { file: opened, settings: settings.data }
    usable = usableSettings(opened.store)
  } catch {
    // Not even JSON: nothing of it can be kept.
  }
  logger.warn('settings-set-aside', { rememberedAccounts: Object.keys(usable.rememberedSources).length })
  file.setAside()
  const fresh = file.open()
  write(fresh, usable, logger)
  return { file: fresh, settings: usable }
}

/** Each part that is as it should be; the usual value for the others. */
function usableSettings(content: Readonly<Record<string, unknown>>): Settings {
  const parts = Object.entries(settingsSchema.shape).flatMap(([name, schema]) => {
    const part = schema.safeParse(content[name])
    return part.success ? [[name, part.data] as const] : []
  })
  return settingsSchema.parse(Object.fromEntries(parts))
}
