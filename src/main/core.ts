import type { MigrationView } from '#shared/contract/schemas.ts'
import { isTerminal } from '#shared/domain/migration-state.ts'
import type { AppProblem } from '#shared/ipc/problems.ts'
import type { SourceCheckProgress } from '#shared/ipc/source-check.ts'
import { createAccountSession } from './account/account-session.ts'
import { createAccountCalls, createAuthorisedApi } from './account/authorised-api.ts'
import { createApiClient } from './api/api-client.ts'
import type { ApiClientOptions } from './api/api-request.ts'
import { type ConnectionReturns, createConnectionReturns } from './api/connection-returns.ts'
import { createConnectionWatch } from './api/connection-watch.ts'
import { createMigrationStream } from './api/migration-stream.ts'
import { findApi } from './api-origin/find-api.ts'
import type { AppConfig } from './config.ts'
import { createMigrationMonitor } from './migrations/migration-monitor.ts'
import { createMigrationService } from './migrations/migration-service.ts'
import { createPendingDispatches } from './migrations/pending-dispatches.ts'
import { createRunAgain } from './migrations/run-again.ts'
import { createStartMigration } from './migrations/start-migration.ts'
import { createReportSaver } from './reports/report-saver.ts'
import { createWholeFiles } from './reports/whole-file.ts'
import { createGuardedKeychain } from './secrets/guarded-keychain.ts'
import { apiKeyItem, type KeychainBackend } from './secrets/keychain.ts'
import { createRememberedSources } from './secrets/remembered-sources.ts'
import { sealSourceSecret } from './secrets/seal-source-secret.ts'
import { createSourceSecretHolder } from './secrets/source-secret-holder.ts'
import type { SettingsStore } from './settings/settings-store.ts'
import type { AppState } from './snapshot/app-state.ts'
import { openAwsSource } from './source/open-aws-source.ts'
import { createConnectionCheck } from './source/connection-check.ts'
import { createSourceCheckService } from './source/source-check-service.ts'

export interface CorePorts {
  readonly config: Pick<AppConfig, 'apiOrigin'>
  readonly appVersion: string
  readonly isOnline: () => boolean
  readonly keychainBackend: KeychainBackend
  readonly state: AppState
  readonly settings: SettingsStore
  readonly onSourceCheckProgress: (progress: SourceCheckProgress) => void
  readonly onRememberFailed: (problem: AppProblem) => void
  readonly askWhereToSave: (proposedName: string) => Promise<string | null>
  /** Of one that was live when last seen, and is not the one that is shown now. */
  readonly onMissedEnd: (migration: MigrationView) => void
  readonly onSignedIn: () => void
  readonly onSignedOut: () => void
}

/** Composes everything that works without a window, and without Electron. Decides nothing. */
export function composeCore(ports: CorePorts) {
  const apiOptions = { origin: ports.config.apiOrigin, userAgent: `carolina-migrate/${ports.appVersion}` }
  const preflightPorts = { openSource: openAwsSource, isOnline: ports.isOnline, now: Date.now }
  const sourceChecks = createSourceCheckService({ ...preflightPorts, onProgress: ports.onSourceCheckProgress })
  const checkConnection = createConnectionCheck(preflightPorts)
  const pending = createPendingDispatches()
  const returns = createConnectionReturns()
  const accounts = composeAccount({ ...ports, returns }, apiOptions, {
    entered: (account) => {
      void running.migrations.accountEntered(account)
      ports.onSignedIn()
    },
    left: () => {
      ports.onSignedOut()
      sourceChecks.stop()
      pending.stop()
      reports.stop()
      running.migrations.accountLeft()
    },
  })
  const { session, keychain, remembered, beginCalls, api } = accounts
  const running = composeMigrations({ ...ports, ...accounts, returns, apiOptions, checkConnection })
  const connectionWatch = composeConnectionWatch(ports, returns)
  const { dispatched } = running.migrations
  const reports = createReportSaver({ beginCalls, askWhereTo: ports.askWhereToSave, files: createWholeFiles() })
  const { onRememberFailed } = ports
  const dispatchPorts = { beginCalls, checkConnection, pending, remembered, dispatched, onRememberFailed }
  return {
    session,
    api,
    remembered,
    reports,
    sourceChecks,
    pending,
    ...running,
    startMigration: createStartMigration(dispatchPorts),
    runAgain: createRunAgain(dispatchPorts),
    isKeychainStuck: keychain.isStuck,
    /** Whatever waits for the connection tries at once. */
    resumed: () => {
      returns.announce()
      void running.migrations.lookAgain()
    },
    personCame: () => {
      connectionWatch.personCame()
      void running.migrations.lookAgain()
    },
    close: () => {
      // First, as what follows is told to it as well.
      connectionWatch.close()
      sourceChecks.stop()
      pending.stop()
      session.close()
      reports.stop()
      running.migrations.accountLeft()
    },
  }
}

export type Core = ReturnType<typeof composeCore>

interface AccountEvents {
  readonly entered: Parameters<typeof createAccountSession>[0]['onSignedIn']
  readonly left: () => void
}

/** While something is followed or the API is missed, the watch looks whether the connection is back. */
function composeConnectionWatch({ config, state, isOnline }: CorePorts, returns: ConnectionReturns) {
  const watch = createConnectionWatch({
    isApiThere: async () => (await findApi(config.apiOrigin)).ok,
    isOnline,
    onReturned: returns.announce,
  })
  state.subscribe(({ connectionProblem }) => {
    const followed = state.followed()
    const isInUse = followed !== null && !isTerminal(followed.migration.state)
    watch.observe({ problem: connectionProblem?.problem ?? null, isInUse })
  })
  return watch
}

interface AccountParts extends CorePorts {
  readonly returns: ConnectionReturns
}

/** Who is signed in, what is kept for them, and the API in their name. */
function composeAccount(ports: AccountParts, apiOptions: ApiClientOptions, events: AccountEvents) {
  const { config, state, settings, returns } = ports
  const client = createApiClient(apiOptions)
  const keychain = createGuardedKeychain({ backend: ports.keychainBackend })
  const session = createAccountSession({
    ...state,
    ...settings,
    api: client,
    keychain,
    keychainItem: apiKeyItem(config.apiOrigin),
    returns,
    onSignedIn: events.entered,
    onSignedOut: events.left,
  })
  const beginCalls = createAccountCalls({
    api: client,
    apiKey: session.apiKey,
    onKeyRefused: session.keyRefused,
    onAnswered: () => state.setConnectionProblem(null),
  })
  const remembered = createRememberedSources({
    ...settings,
    keychain,
    apiOrigin: config.apiOrigin,
    accountId: session.accountId,
  })
  return { session, keychain, remembered, beginCalls, api: createAuthorisedApi(beginCalls) }
}

interface MigrationParts extends AccountParts, ReturnType<typeof composeAccount> {
  readonly apiOptions: ApiClientOptions
  readonly checkConnection: ReturnType<typeof createConnectionCheck>
}

function composeMigrations(parts: MigrationParts) {
  const { state, settings, session, beginCalls, api, remembered, checkConnection, returns } = parts
  const secrets = createSourceSecretHolder()
  const monitor = createMigrationMonitor({
    ...state,
    api,
    seal: sealSourceSecret,
    follow: createMigrationStream({ ...parts.apiOptions, returns }),
    returns,
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
    onMissedEnd: parts.onMissedEnd,
    returns,
  })
  return { monitor, migrations, secrets }
}
