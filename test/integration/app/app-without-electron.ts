import { randomUUID } from 'node:crypto'
import type { Secret } from '#shared/domain/secret.ts'
import { createAccountSession } from '../../../src/main/account/account-session.ts'
import { createAccountCalls, createAuthorisedApi } from '../../../src/main/account/authorised-api.ts'
import { createApiClient } from '../../../src/main/api/api-client.ts'
import { createMigrationStream } from '../../../src/main/api/migration-stream.ts'
import { createMigrationMonitor } from '../../../src/main/migrations/migration-monitor.ts'
import { createMigrationService } from '../../../src/main/migrations/migration-service.ts'
import { createPendingDispatches } from '../../../src/main/migrations/pending-dispatches.ts'
import { createRunAgain } from '../../../src/main/migrations/run-again.ts'
import { createStartMigration, type StartInput } from '../../../src/main/migrations/start-migration.ts'
import { createReportSaver } from '../../../src/main/reports/report-saver.ts'
import { createWholeFiles } from '../../../src/main/reports/whole-file.ts'
import { createGuardedKeychain } from '../../../src/main/secrets/guarded-keychain.ts'
import { apiKeyItem } from '../../../src/main/secrets/keychain.ts'
import { createRememberedSources } from '../../../src/main/secrets/remembered-sources.ts'
import { sealSourceSecret } from '../../../src/main/secrets/seal-source-secret.ts'
import { createSourceSecretHolder } from '../../../src/main/secrets/source-secret-holder.ts'
import { openSettingsStore } from '../../../src/main/settings/settings-store.ts'
import { createAppState } from '../../../src/main/snapshot/app-state.ts'
import { createAwsSourceS3 } from '../../../src/main/source/aws-source-s3.ts'
import { createConnectionCheck } from '../../../src/main/source/connection-check.ts'
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

/** The app without Electron, joined as `core.ts` joins it. */
export function startApp({ apiOrigin, askWhereTo = () => Promise.resolve(null), ...left }: AppPlace) {
  const { backend = createFakeKeychainBackend(), settings = settingsInMemory() } = left
  const options = { origin: apiOrigin, userAgent: 'test' }
  const state = createAppState()
  const secrets = createSourceSecretHolder()
  const client = createApiClient(options)
  const keychain = createGuardedKeychain({ backend })
  const checkConnection = createConnectionCheck({ openSource: createAwsSourceS3, isOnline: () => true, now: Date.now })
  const session = createAccountSession({
    ...state,
    ...settings,
    api: client,
    keychain,
    keychainItem: apiKeyItem(apiOrigin),
    onSignedIn: (account) => void migrations.accountEntered(account),
    onSignedOut: () => migrations.accountLeft(),
  })
  const beginCalls = createAccountCalls({
    api: client,
    apiKey: session.apiKey,
    onKeyRefused: session.keyRefused,
    onAnswered: () => state.setConnectionProblem(null),
  })
  const call = createAuthorisedApi(beginCalls)
  const remembered = createRememberedSources({ ...settings, keychain, apiOrigin, accountId: session.accountId })
  const monitor = createMigrationMonitor({
    ...state,
    api: call,
    seal: sealSourceSecret,
    follow: createMigrationStream(options),
    secrets,
    remembered,
    checkConnection,
    apiKey: session.apiKey,
    onKeyRefused: session.keyRefused,
  })
  const migrations = createMigrationService({
    ...settings,
    beginCalls,
    monitor,
    secrets,
    checkConnection,
    current: () => state.current()?.migration ?? null,
    followed: () => state.followed()?.migration ?? null,
    accountId: session.accountId,
    setConnectionProblem: state.setConnectionProblem,
  })
  const dispatchPorts = {
    beginCalls,
    checkConnection,
    pending: createPendingDispatches(),
    remembered,
    dispatched: migrations.dispatched,
    onRememberFailed: () => undefined,
  }
  return {
    state,
    secrets,
    session,
    call,
    migrations,
    remembered,
    backend,
    settings,
    start: createStartMigration(dispatchPorts),
    runAgain: createRunAgain(dispatchPorts),
    reports: createReportSaver({ beginCalls, askWhereTo, files: createWholeFiles() }),
  }
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
