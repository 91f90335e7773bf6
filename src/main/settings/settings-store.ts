import type { Logger } from '../logger.ts'
import type { SettingsFile } from './settings-file.ts'
import { type RememberedSource, type Settings, settingsSchema, type WindowBounds } from './settings-schema.ts'

export interface SettingsStore {
  readonly lastViewedMigrationId: (accountId: string) => string | null
  readonly setLastViewedMigrationId: (accountId: string, migrationId: string | null) => void
  readonly notifiedMigrationId: () => string | null
  readonly setNotifiedMigrationId: (migrationId: string) => void
  readonly isKeyRemovalOwed: () => boolean
  readonly setKeyRemovalOwed: (isOwed: boolean) => void
  readonly rememberedSources: (accountId: string) => readonly RememberedSource[]
  readonly setRememberedSources: (accountId: string, sources: readonly RememberedSource[]) => void
  readonly windowBounds: () => WindowBounds | null
  readonly setWindowBounds: (bounds: WindowBounds) => void
}

interface SettingsPorts {
  readonly file: SettingsFile
  readonly logger: Logger
}

/** Opens the settings. A file that cannot be understood is set aside, and the app starts afresh. */
export function openSettingsStore({ file, logger }: SettingsPorts): SettingsStore {
  const opened = openFile(file, logger)
  let settings = opened.settings

  const change = (part: Partial<Settings>): void => {
    settings = { ...settings, ...part }
    try {
      opened.file.store = settings
    } catch {
      // A full disk costs the memory of this run, not the run.
      logger.warn('settings-not-written')
    }
  }
  return {
    lastViewedMigrationId: (accountId) => settings.lastViewedMigrationIds[accountId] ?? null,
    setLastViewedMigrationId: (accountId, migrationId) => {
      change({ lastViewedMigrationIds: replaced(settings.lastViewedMigrationIds, accountId, migrationId) })
    },
    notifiedMigrationId: () => settings.notifiedMigrationId,
    setNotifiedMigrationId: (notifiedMigrationId) => change({ notifiedMigrationId }),
    isKeyRemovalOwed: () => settings.isKeyRemovalOwed,
    setKeyRemovalOwed: (isKeyRemovalOwed) => change({ isKeyRemovalOwed }),
    rememberedSources: (accountId) => settings.rememberedSources[accountId] ?? [],
    setRememberedSources: (accountId, sources) => {
      const mine = sources.length === 0 ? null : [...sources]
      change({ rememberedSources: replaced(settings.rememberedSources, accountId, mine) })
    },
    windowBounds: () => settings.windowBounds,
    setWindowBounds: (windowBounds) => change({ windowBounds }),
  }
}

/** The table with one account's entry replaced, or gone for null. */
function replaced<T>(table: Readonly<Record<string, T>>, accountId: string, mine: T | null): Record<string, T> {
  const others = Object.entries(table).filter(([id]) => id !== accountId)
  return Object.fromEntries(mine === null ? others : [...others, [accountId, mine]])
}

function openFile(file: SettingsFile, logger: Logger) {
  try {
    const opened = file.open()
    const settings = settingsSchema.safeParse(opened.store)
    if (settings.success) return { file: opened, settings: settings.data }
  } catch {
    // Unreadable: dealt with below, as is what is readable but not settings.
  }
  logger.warn('settings-set-aside')
  file.setAside()
  return { file: file.open(), settings: settingsSchema.parse({}) }
}
