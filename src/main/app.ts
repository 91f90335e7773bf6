import { join } from 'node:path'
import { app, net } from 'electron'
import type { AppFacts } from '#shared/ipc/snapshot.ts'
import { createAccountSession } from './account/account-session.ts'
import { createAccountCalls, createAuthorisedApi } from './account/authorised-api.ts'
import { createApiClient } from './api/api-client.ts'
import { createMigrationStream } from './api/migration-stream.ts'
import type { AppConfig } from './config.ts'
import { createNoticeSender } from './ipc/notice-sender.ts'
import { registerRequests } from './ipc/register-requests.ts'
import { createRequestHandlers } from './ipc/request-handlers.ts'
import type { RunningApp } from './lifecycle.ts'
import type { Logger } from './logger.ts'
import { createMigrationMonitor } from './migrations/migration-monitor.ts'
import { createMigrationService, type MigrationService } from './migrations/migration-service.ts'
import { createStartMigration } from './migrations/start-migration.ts'
import { createNotificationService } from './notifications/notification-service.ts'
import { createGuardedKeychain } from './secrets/guarded-keychain.ts'
import { apiKeyItem } from './secrets/keychain.ts'
import { keychainName } from './secrets/keychain-name-rules.ts'
import { createKeytarBackend } from './secrets/keytar-backend.ts'
import { sealSourceSecret } from './secrets/seal-source-secret.ts'
import { createSourceSecretHolder } from './secrets/source-secret-holder.ts'
import { serveAppScheme } from './security/app-scheme-handler.ts'
import { openExternal } from './security/open-external.ts'
import { guardWebContents } from './security/web-content-guards.ts'
import { readDemoOffer } from './settings/demo-offer.ts'
import { createSettingsFile } from './settings/settings-file.ts'
import { openSettingsStore, type SettingsStore } from './settings/settings-store.ts'
import { type AppState, createAppState } from './snapshot/app-state.ts'
import { createAwsSourceS3 } from './source/aws-source-s3.ts'
import { createSourceCheckService } from './source/source-check-service.ts'
import { createTrayService } from './tray/tray-service.ts'
import type { TrayAction } from './tray/tray-model.ts'
import { installAppMenu } from './window/app-menu.ts'
import { createMainWindow, type MainWindow, type MainWindowPorts } from './window/main-window.ts'
import { windowProgress } from './window/progress-bar-rules.ts'

/** The composition root: builds every part and joins them. Decides nothing. */
export function composeApp(config: AppConfig, logger: Logger): RunningApp {
  const state = createAppState()
  const settings = openSettingsStore({ file: createSettingsFile(app.getPath('userData')), logger })
  const core = composeCore(config, state, settings)
  const window = composeWindow(settings, logger, {
    onPageGone: () => notices.pageGone(),
    onClosed: () => notices.windowClosed(),
  })
  const notices = createNoticeSender(window.contents)

  serveAppScheme(join(app.getAppPath(), 'out/renderer'))
  guardWebContents()
  installAppMenu(process.platform)
  registerRequests({
    trustedContents: window.contents,
    logger,
    handlers: createRequestHandlers({
      ...core,
      facts: appFacts(config),
      state,
      onSnapshotAsked: notices.pageReady,
      readDemoOffer: () => readDemoOffer(config.demoFile, logger),
      openExternal,
    }),
  })
  const surfaces = composeSurfaces({ state, settings, window, notices, migrations: core.migrations, logger })
  void core.session.restore()

  return {
    showWindow: window.show,
    resumed: core.monitor.reconnect,
    close: () => {
      surfaces.close()
      core.close()
      state.close()
    },
    isKeychainStuck: core.isKeychainStuck,
  }
}

function appFacts(config: AppConfig): AppFacts {
  const { platform } = process
  return {
    appVersion: app.getVersion(),
    platform: platform === 'darwin' || platform === 'win32' ? platform : 'linux',
    keychainName: keychainName(platform, config.linuxDesktop),
    apiOrigin: config.apiOrigin,
    isDemo: config.demoFile !== null,
  }
}

/** Everything that works without a window. The closures tie session and migrations to each other. */
function composeCore(config: AppConfig, state: AppState, settings: SettingsStore) {
  const apiOptions = { origin: config.apiOrigin, userAgent: `carolina-migrate/${app.getVersion()}` }
  const client = createApiClient(apiOptions)
  const keychain = createGuardedKeychain({ backend: createKeytarBackend() })
  const secrets = createSourceSecretHolder()
  const sourceChecks = createSourceCheckService({
    openSource: createAwsSourceS3,
    isOnline: () => net.isOnline(),
    now: Date.now,
  })
  const session = createAccountSession({
    ...state,
    ...settings,
    api: client,
    keychain,
    keychainItem: apiKeyItem(config.apiOrigin),
    onSignedIn: (account) => void migrations.accountEntered(account),
    onSignedOut: () => {
      sourceChecks.stop()
      migrations.accountLeft()
    },
  })
  const beginCalls = createAccountCalls({
    api: client,
    apiKey: session.apiKey,
    onKeyRefused: session.keyRefused,
    onAnswered: () => state.setConnectionProblem(null),
  })
  const api = createAuthorisedApi(beginCalls)
  const monitor = createMigrationMonitor({
    ...state,
    api,
    seal: sealSourceSecret,
    follow: createMigrationStream(apiOptions),
    secrets,
    apiKey: session.apiKey,
    onKeyRefused: session.keyRefused,
  })
  const migrations = createMigrationService({
    ...settings,
    beginCalls,
    monitor,
    secrets,
    sourceChecks,
    current: () => state.current()?.migration ?? null,
    followed: () => state.followed()?.migration ?? null,
    accountId: session.accountId,
    setConnectionProblem: state.setConnectionProblem,
  })
  const startMigration = createStartMigration({ beginCalls, sourceChecks, dispatched: migrations.dispatched })
  return {
    session,
    api,
    sourceChecks,
    monitor,
    migrations,
    startMigration,
    isKeychainStuck: keychain.isStuck,
    close: () => {
      sourceChecks.stop()
      session.close()
      migrations.accountLeft()
    },
  }
}

function composeWindow(
  settings: SettingsStore,
  logger: Logger,
  events: Pick<MainWindowPorts, 'onPageGone' | 'onClosed'>,
): MainWindow {
  return createMainWindow({
    preloadFile: join(app.getAppPath(), 'out/preload/index.cjs'),
    iconFile: join(resourcesDir(), 'icon.png'),
    logger,
    rememberedBounds: settings.windowBounds,
    rememberBounds: settings.setWindowBounds,
    ...events,
  })
}

const resourcesDir = (): string => join(app.getAppPath(), 'resources')

interface SurfacePorts {
  readonly state: AppState
  readonly settings: SettingsStore
  readonly window: MainWindow
  readonly notices: ReturnType<typeof createNoticeSender>
  readonly migrations: MigrationService
  readonly logger: Logger
}

/** What shows the state: the window what is looked at; tray, notifications and taskbar what is followed. */
function composeSurfaces({ state, settings, window, notices, migrations, logger }: SurfacePorts) {
  const actions: Readonly<Record<TrayAction, () => void>> = {
    open: window.show,
    cancel: () => {
      const followed = state.followed()
      migrations.showLive()
      // Published before the question, which a window that looks at another migration would not take.
      state.snapshot()
      window.show()
      if (followed !== null) notices.sendWhenReady('cancelAsked', { migrationId: followed.migration.id })
    },
    quit: () => app.quit(),
  }
  const tray = createTrayService({
    resourcesDir: resourcesDir(),
    platform: process.platform,
    logger,
    onAction: (action) => actions[action](),
  })
  const notifications = createNotificationService({
    ...settings,
    iconFile: join(resourcesDir(), 'icon.png'),
    isWatched: (migrationId) => window.isFocused() && state.current()?.migration.id === migrationId,
    isCancelledHere: migrations.isCancelledHere,
    rememberNotified: settings.setNotifiedMigrationId,
    onClick: (migrationId) => {
      window.show()
      if (state.current()?.migration.id !== migrationId) void migrations.show(migrationId)
    },
  })
  tray.render(state.snapshot())
  const unsubscribe = state.subscribe((snapshot, background) => {
    tray.render(background)
    notifications.observe(background)
    window.setProgress(windowProgress(background))
    notices.send('snapshotChanged', snapshot)
  })
  return {
    close: () => {
      unsubscribe()
      tray.close()
    },
  }
}
