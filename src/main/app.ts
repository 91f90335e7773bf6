import { join } from 'node:path'
import { app, net } from 'electron'
import type { AppFacts } from '#shared/ipc/snapshot.ts'
import { chooseApiOrigin } from './api-origin/api-origin-rules.ts'
import { type AppServices, composeAppServices } from './app-services.ts'
import type { AppConfig } from './config.ts'
import { composeCore, type Core } from './core.ts'
import { createNoticeSender } from './ipc/notice-sender.ts'
import { registerRequests } from './ipc/register-requests.ts'
import { createRequestHandlers } from './ipc/request-handlers.ts'
import type { LogTail } from './diagnostics/log-tail.ts'
import { isQuietLaunch, type LaunchArguments } from './launch/launch-arguments.ts'
import type { RunningApp } from './lifecycle.ts'
import type { Logger } from './logger.ts'
import { createNotificationService } from './notifications/notification-service.ts'
import { keychainName } from './secrets/keychain-name-rules.ts'
import { createKeytarBackend } from './secrets/keytar-backend.ts'
import { serveAppScheme } from './security/app-scheme-handler.ts'
import { openExternal } from './security/open-external.ts'
import { guardWebContents } from './security/web-content-guards.ts'
import { readDemoOffer } from './settings/demo-offer.ts'
import { createSettingsFile } from './settings/settings-file.ts'
import { openSettingsStore, type SettingsStore } from './settings/settings-store.ts'
import { type AppState, createAppState } from './snapshot/app-state.ts'
import { createTrayService } from './tray/tray-service.ts'
import type { TrayAction } from './tray/tray-model.ts'
import { installAppMenu } from './window/app-menu.ts'
import { createMainWindow, type MainWindow, type MainWindowPorts } from './window/main-window.ts'
import { windowProgress } from './window/progress-bar-rules.ts'

interface AppStart {
  readonly started: AppConfig
  readonly launch: LaunchArguments
  readonly logger: Logger
  readonly logTail: LogTail
}

/** The composition root: builds every part and joins them. Decides nothing. */
export function composeApp({ started, launch, logger, logTail }: AppStart): RunningApp {
  const state = createAppState()
  const settings = openSettingsStore({ file: createSettingsFile(app.getPath('userData')), logger })
  const config = { ...started, ...chooseApiOrigin(started, settings.storedApiOrigin()) }
  const facts = appFacts(config)
  const window = composeWindow(settings, logger, {
    onPageGone: () => {
      notices.pageGone()
      services.updates.setWizardUse('empty')
    },
    onFocused: () => core.personCame(),
    onLeft: () => surfaces.notifications.windowLeft(),
    onClosed: () => {
      notices.windowClosed()
      services.updates.setWizardUse('empty')
      surfaces.notifications.windowClosed()
      services.windowClosing.closed()
    },
  })
  serveAppScheme(join(app.getAppPath(), 'out/renderer'))
  guardWebContents()
  // As early as can be: the page's process starts while the rest is built. It asks for nothing before this is done.
  if (!isQuietLaunch(launch, settings.storedPreferences())) window.show()
  const core = composeCore({
    config,
    appVersion: facts.appVersion,
    isOnline: () => net.isOnline(),
    keychainBackend: createKeytarBackend(),
    state,
    settings,
    onSourceCheckProgress: (progress) => notices.send('sourceCheckProgressed', progress),
    onRememberFailed: (problem) => notices.sendWhenReady('rememberFailed', { problem }),
    askWhereToSave: (proposedName) => window.askWhereToSave(proposedName),
    onMissedEnd: (migration) => surfaces.notifications.foundEnded(migration),
    onSignedIn: () => services.deepLinks.signedIn(),
    onSignedOut: () => services.deepLinks.signedOut(),
  })
  const notices = createNoticeSender(window.contents)
  const services = composeAppServices({ config, facts, state, settings, core, window, notices, logger, logTail, iconFile: iconFile() })
  const surfaces = composeSurfaces({ state, settings, core, services, window, notices, logger })

  installAppMenu(process.platform)
  registerRequests({
    trustedContents: window.contents,
    logger,
    handlers: createRequestHandlers({
      ...core,
      ...services,
      startMigration: services.updates.heldDuring(core.startMigration),
      runAgain: services.updates.heldDuring(core.runAgain),
      migrations: { ...core.migrations, supplySecret: services.updates.heldDuring(core.migrations.supplySecret) },
      endNews: surfaces.notifications,
      facts,
      state,
      onSnapshotAsked: notices.pageReady,
      readDemoOffer: () => readDemoOffer(config.demoFile, logger),
      openExternal,
    }),
  })
  const stopReconsidering = state.subscribe(services.updates.reconsider)
  if (launch.link !== null) services.deepLinks.open(launch.link)
  void core.session.restore()

  return {
    ...services.quitGuard,
    showWindow: window.show,
    launchedAgain: (link) => {
      if (link !== null) services.deepLinks.open(link)
      window.show()
    },
    resumed: core.resumed,
    personCame: core.personCame,
    close: () => {
      stopReconsidering()
      services.updates.close()
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
    apiOriginSource: config.apiOriginSource,
    isDemo: config.demoFile !== null,
  }
}

function composeWindow(
  settings: SettingsStore,
  logger: Logger,
  events: Pick<MainWindowPorts, 'onPageGone' | 'onFocused' | 'onLeft' | 'onClosed'>,
): MainWindow {
  return createMainWindow({
    preloadFile: join(app.getAppPath(), 'out/preload/index.cjs'),
    iconFile: iconFile(),
    logger,
    rememberedBounds: settings.windowBounds,
    rememberBounds: settings.setWindowBounds,
    ...events,
  })
}

const iconFile = (): string => join(resourcesDir(), 'icon.png')
const resourcesDir = (): string => join(app.getAppPath(), 'resources')

interface SurfacePorts {
  readonly state: AppState
  readonly settings: SettingsStore
  readonly core: Core
  readonly services: AppServices
  readonly window: MainWindow
  readonly notices: ReturnType<typeof createNoticeSender>
  readonly logger: Logger
}

/** What shows the state: the window what is looked at; tray, notifications and taskbar what is followed. */
function composeSurfaces({ state, settings, core, services, window, notices, logger }: SurfacePorts) {
  const { migrations, session } = core
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
    iconFile: iconFile(),
    accountId: session.accountId,
    isTopicOn: (topic) => settings.storedPreferences().notifications[topic],
    isWindowInFront: window.isInFront,
    isKnownToWindow: (migrationId) => state.current()?.migration.id === migrationId,
    isCancelledHere: migrations.isCancelledHere,
    setEndNews: state.setEndNews,
    onClick: (migrationId) => {
      window.show()
      services.deepLinks.openMigration(migrationId)
    },
  })
  tray.render(state.snapshot())
  const unsubscribe = state.subscribe((snapshot, background) => {
    tray.render(background)
    window.setProgress(windowProgress(background))
    notices.send('snapshotChanged', snapshot)
    notifications.observe(background)
  })
  return {
    notifications,
    close: () => {
      unsubscribe()
      tray.close()
    },
  }
}
