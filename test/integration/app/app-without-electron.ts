import { randomUUID } from 'node:crypto'
import type { Secret } from '#shared/domain/secret.ts'
import { composeCore } from '../../../src/main/core.ts'
import type { StartInput } from '../../../src/main/migrations/start-migration.ts'
import { openSettingsStore } from '../../../src/main/settings/settings-store.ts'
import { createAppState } from '../../../src/main/snapshot/app-state.ts'
import { createFakeKeychainBackend } from '../../unit/main/fakes/fake-keychain-backend.ts'

interface AppPlace {
  readonly apiOrigin: string
  /** What the system's dialog would answer. */
  readonly askWhereTo?: (proposedName: string) => Promise<string | null>
  /** What an earlier start of the app has left. */
  readonly backend?: ReturnType<typeof createFakeKeychainBackend>
  readonly settings?: ReturnType<typeof settingsInMemory>
}

export function settingsInMemory() {
  const opened = { store: {} }
  const logger = { info: () => undefined, warn: () => undefined, error: () => undefined }
  return openSettingsStore({ file: { open: () => opened, setAside: () => undefined }, logger })
}

/** The app's own core, without Electron and with a fake keychain. */
export function startApp({ apiOrigin, askWhereTo = () => Promise.resolve(null), ...left }: AppPlace) {
  const { backend = createFakeKeychainBackend(), settings = settingsInMemory() } = left
  const state = createAppState()
  const core = composeCore({
    config: { apiOrigin },
    appVersion: 'test',
    isOnline: () => true,
    keychainBackend: backend,
    state,
    settings,
    askWhereToSave: askWhereTo,
    onSourceCheckProgress: () => undefined,
    onRememberFailed: () => undefined,
    onMissedEnd: () => undefined,
    onSignedIn: () => undefined,
    onSignedOut: () => undefined,
  })
  return { ...core, state, backend, settings }
}
export type TestApp = ReturnType<typeof startApp>

/** Everything in the bucket `source`. */
export function startInput(endpoint: string, secretAccessKey: Secret, destinationId: string): StartInput {
  return {
    draft: { endpoint, region: '', accessKeyId: 'AKIASOURCE', bucket: 'source', prefix: '' },
    secretAccessKey,
    destinationId,
    destinationPrefix: '',
    dispatchKey: randomUUID(),
    existing: 'never-overwrite',
    isSecretRemembered: false,
  }
}
