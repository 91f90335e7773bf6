import { arch, homedir, release, type as systemType } from 'node:os'
import { join } from 'node:path'
import { app, nativeTheme } from 'electron'
import type { AppFacts } from '#shared/ipc/snapshot.ts'
import { createApiOriginChange } from './api-origin/api-origin-change.ts'
import { findApi } from './api-origin/find-api.ts'
import { askAboutSecret, explainTray, tellOfQuit } from './closing/closing-dialogs.ts'
import { createQuitGuard } from './closing/quit-guard.ts'
import { quitMeaning } from './closing/quit-rules.ts'
import { createWindowClosing } from './closing/window-closing.ts'
import type { AppConfig } from './config.ts'
import type { Core } from './core.ts'
import { createDeepLinks } from './deep-links/deep-link-service.ts'
import { registerDeepLinkScheme } from './deep-links/register-scheme.ts'
import { createDiagnostics } from './diagnostics/diagnostics-service.ts'
import { diagnosticsText, type SystemFacts } from './diagnostics/diagnostics-text.ts'
import { knownTexts } from './diagnostics/known-texts.ts'
import type { LogTail } from './diagnostics/log-tail.ts'
import type { NoticeSender } from './ipc/notice-sender.ts'
import { relaunch } from './launch/relaunch.ts'
import { createLicenceReader } from './licences/licence-reader.ts'
import type { Logger } from './logger.ts'
import { createSystemLoginItem } from './login-item/system-login-item.ts'
import { createPreferences } from './preferences/preferences-service.ts'
import { createWholeFiles } from './reports/whole-file.ts'
import type { SettingsStore } from './settings/settings-store.ts'
import type { AppState } from './snapshot/app-state.ts'
import { loadElectronUpdater } from './updates/electron-updater.ts'
import { readInstallation } from './updates/installation.ts'
import { whyOff } from './updates/update-rules.ts'
import { createUpdateService } from './updates/update-service.ts'
import type { MainWindow } from './window/main-window.ts'

interface AppServicePorts {
  readonly config: AppConfig
  readonly facts: AppFacts
  readonly state: AppState
  readonly settings: SettingsStore
  readonly core: Core
  readonly window: MainWindow
  readonly notices: NoticeSender
  readonly logger: Logger
  readonly logTail: LogTail
  readonly iconFile: string
}

/** Composes what belongs to the app on this computer rather than to an account. Decides nothing. */
export function composeAppServices(ports: AppServicePorts) {
  const { config, state, settings, core, window, logger } = ports
  registerDeepLinkScheme()
  const quitGuard = createQuitGuard({
    meaning: () => quitMeaning(state.followed()),
    askAboutSecret,
    tellOfQuit: (meaning) => tellOfQuit(meaning, state.followed()?.migration.attempt ?? 0, ports.iconFile),
    quit: () => app.quit(),
  })
  return {
    quitGuard,
    preferences: createPreferences({
      ...settings,
      loginItem: createSystemLoginItem(config.appImage),
      applyTheme: (theme) => {
        nativeTheme.themeSource = theme
      },
      onChanged: state.setPreferences,
    }),
    windowClosing: createWindowClosing({
      ...settings,
      isQuitting: quitGuard.isQuitting,
      isKeptInTray: () => settings.storedPreferences().isKeptInTray,
      explainTray: () => explainTray(ports.iconFile, window.show),
      quit: () => app.quit(),
    }),
    deepLinks: composeDeepLinks(ports),
    changeApiOrigin: createApiOriginChange({
      ...settings,
      present: config,
      findApi: (origin) => findApi(origin),
      isSignedIn: () => core.session.accountId() !== null,
      signOut: core.session.signOut,
      relaunch: () => relaunch(config.appImage),
    }),
    diagnostics: composeDiagnostics(ports),
    updates: composeUpdates(ports, quitGuard.updateRestarts),
    readLicences: createLicenceReader({
      files: ['main', 'renderer'].map((part) => join(app.getAppPath(), 'out', part, 'licences.json')),
      chromeVersion: process.versions.chrome,
      logger,
    }),
  }
}

export type AppServices = ReturnType<typeof composeAppServices>

function composeUpdates(
  { config: { appImage }, state, logger }: AppServicePorts,
  onRestarting: (isRestarting: boolean) => void,
) {
  const installation = readInstallation(appImage)
  return createUpdateService({
    off: whyOff(installation),
    loadUpdater: () => loadElectronUpdater({ feedUrl: installation.feedUrl ?? '', appImage }),
    isHandoverPending: () => quitMeaning(state.followed()) === 'waits-for-secret',
    onChanged: state.setUpdates,
    onRestarting,
    logger,
  })
}

function composeDeepLinks({ state, core, notices, logger }: AppServicePorts) {
  return createDeepLinks({
    isSignedIn: () => core.session.accountId() !== null,
    showMigration: core.migrations.show,
    onOpened: (migrationId) => {
      // Published before the notice, so that the window finds the migration there.
      state.snapshot()
      notices.sendWhenReady('migrationOpened', { migrationId })
    },
    setLinkProblem: state.setLinkProblem,
    logger,
  })
}

function composeDiagnostics({ facts, state, core, window, logTail }: AppServicePorts) {
  return createDiagnostics({
    askWhereTo: window.askWhereToSave,
    files: createWholeFiles(),
    now: () => new Date(),
    makeText: () => {
      const snapshot = state.snapshot()
      const followed = state.followed()
      const migrationId = followed?.migration.id
      const secrets = [core.session.apiKey(), migrationId === undefined ? null : core.secrets.secretFor(migrationId)]
      const known = knownTexts({ snapshot, followed, secrets, remembered: core.remembered.list(), homeDir: homedir() })
      return diagnosticsText({
        madeAt: new Date(),
        facts,
        system: systemFacts(),
        snapshot,
        logLines: logTail.lines(),
        known,
      })
    },
  })
}

function systemFacts(): SystemFacts {
  const { electron, chrome, node } = process.versions
  return {
    system: `${systemType()} ${release()} ${arch()}`,
    runtime: `Electron ${electron}, Chrome ${chrome}, Node ${node}`,
    isPackaged: app.isPackaged,
    isSandboxed: !app.commandLine.hasSwitch('no-sandbox'),
  }
}
