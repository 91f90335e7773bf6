import { err, ok, type Result } from '#shared/domain/result.ts'
import type { Preferences, PreferencesChange } from '#shared/ipc/preferences.ts'
import type { AppProblem } from '#shared/ipc/problems.ts'
import type { LoginItem } from '../login-item/login-item.ts'
import type { StoredPreferences } from '../settings/settings-schema.ts'

export interface PreferencesPorts {
  readonly storedPreferences: () => StoredPreferences
  readonly setStoredPreferences: (preferences: StoredPreferences) => void
  /** The system's, not ours: it can be changed there as well. */
  readonly loginItem: LoginItem
  readonly applyTheme: (theme: Preferences['theme']) => void
  /** Told whenever there may be something new to show. */
  readonly onChanged: (preferences: Preferences) => void
}

/** How the person likes the app. Applied at the start and with each change. */
export interface PreferencesService {
  readonly current: () => Preferences
  /** All of the change or nothing of it; `login-item-not-changed` when the system does not take its part. */
  readonly change: (change: PreferencesChange) => Result<null, AppProblem>
}

export function createPreferences(ports: PreferencesPorts): PreferencesService {
  const { loginItem } = ports
  const current = (): Preferences => ({ ...ports.storedPreferences(), isLaunchedAtLogin: loginItem.isEnabled() })
  ports.applyTheme(ports.storedPreferences().theme)
  loginItem.refresh()
  ports.onChanged(current())
  return {
    current,
    change: ({ isLaunchedAtLogin, ...part }) => {
      // First, as it is the only part that can be refused.
      const refusal = isLaunchedAtLogin == null ? null : switchLoginItem(loginItem, isLaunchedAtLogin)
      if (refusal === null) ports.setStoredPreferences(merged(ports.storedPreferences(), part))
      if (refusal === null && part.theme !== undefined) ports.applyTheme(part.theme)
      ports.onChanged(current())
      return refusal === null ? ok(null) : err(refusal)
    },
  }
}

/** One by one: what is not named, or named without a value, stays. */
function merged(stored: StoredPreferences, part: Omit<PreferencesChange, 'isLaunchedAtLogin'>): StoredPreferences {
  return {
    theme: part.theme ?? stored.theme,
    isStartedInTray: part.isStartedInTray ?? stored.isStartedInTray,
    isKeptInTray: part.isKeptInTray ?? stored.isKeptInTray,
    notifications: part.notifications ?? stored.notifications,
  }
}

function switchLoginItem(loginItem: LoginItem, isEnabled: boolean): AppProblem | null {
  const code = loginItem.setEnabled(isEnabled)
  if (code !== null) return { code: 'login-item-not-changed', reference: code }
  // A company's policy, or the person in the system's own settings, may have the last word.
  return loginItem.isEnabled() === isEnabled ? null : { code: 'login-item-not-changed' }
}
