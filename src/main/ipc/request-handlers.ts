import { MAX_PAGE_SIZE } from '#shared/contract/endpoints.ts'
import { Secret } from '#shared/domain/secret.ts'
import type { AppFacts } from '#shared/ipc/snapshot.ts'
import type { AccountSession } from '../account/account-session.ts'
import type { AuthorisedApi } from '../account/authorised-api.ts'
import type { ApiOriginChange } from '../api-origin/api-origin-change.ts'
import type { DeepLinks } from '../deep-links/deep-link-service.ts'
import type { Diagnostics } from '../diagnostics/diagnostics-service.ts'
import type { Licence } from '../licences/licence-reader.ts'
import type { DemoOffer } from '../settings/demo-offer.ts'
import type { MigrationService } from '../migrations/migration-service.ts'
import type { PendingDispatches } from '../migrations/pending-dispatches.ts'
import type { createRunAgain } from '../migrations/run-again.ts'
import type { createStartMigration } from '../migrations/start-migration.ts'
import type { NotificationService } from '../notifications/notification-service.ts'
import type { ReportSaver } from '../reports/report-saver.ts'
import type { RememberedSources } from '../secrets/remembered-sources.ts'
import { externalUrls } from '../security/allowed-urls.ts'
import type { PreferencesService } from '../preferences/preferences-service.ts'
import type { AppState } from '../snapshot/app-state.ts'
import type { UpdateService } from '../updates/update-service.ts'
import type { SourceCheckService } from '../source/source-check-service.ts'
import type { RequestHandlers } from './answer-rules.ts'

interface HandlerPorts {
  readonly facts: AppFacts
  readonly state: Pick<AppState, 'snapshot' | 'setLinkProblem'>
  readonly session: Pick<AccountSession, 'signIn' | 'signOut' | 'retryKeychain'>
  readonly api: AuthorisedApi
  readonly sourceChecks: SourceCheckService
  readonly pending: Pick<PendingDispatches, 'stop'>
  readonly migrations: MigrationService
  readonly startMigration: ReturnType<typeof createStartMigration>
  readonly runAgain: ReturnType<typeof createRunAgain>
  readonly remembered: Pick<RememberedSources, 'list' | 'forget'>
  readonly reports: Pick<ReportSaver, 'save'>
  readonly preferences: Pick<PreferencesService, 'change'>
  readonly changeApiOrigin: ApiOriginChange
  readonly deepLinks: Pick<DeepLinks, 'openMigration'>
  readonly endNews: Pick<NotificationService, 'shownInWindow' | 'putAway'>
  readonly diagnostics: Diagnostics
  readonly readLicences: () => Promise<Licence[]>
  readonly updates: Pick<UpdateService, 'check' | 'restart' | 'setWizardUse'>
  /** The page asks as soon as its listeners are there. */
  readonly onSnapshotAsked: () => void
  readonly readDemoOffer: () => Promise<DemoOffer | null>
  readonly openExternal: (url: string) => Promise<void>
}

/** Joins the channel table to the services. Secrets are wrapped here, the moment they arrive. */
export function createRequestHandlers(ports: HandlerPorts): RequestHandlers {
  const { api, session, sourceChecks, migrations, startMigration, runAgain, remembered } = ports
  return {
    getFacts: () => ports.facts,
    getSnapshot: () => {
      ports.onSnapshotAsked()
      return ports.state.snapshot()
    },
    getDemoOffer: () => ports.readDemoOffer(),
    signIn: ({ apiKey }) => session.signIn(Secret.of(apiKey)),
    signOut: () => session.signOut(),
    retryKeychain: () => session.retryKeychain(),
    checkSource: ({ draft, secretAccessKey }) => sourceChecks.check(draft, Secret.of(secretAccessKey)),
    stopSourceCheck: () => {
      sourceChecks.stop()
      ports.pending.stop()
      return null
    },
    endSourceCount: () => {
      sourceChecks.endCount()
      return null
    },
    listDestinations: async () => {
      const answer = await api('listDestinations', {})
      return answer.ok ? { ok: true, value: answer.value.destinations } : answer
    },
    startMigration: ({ secretAccessKey, ...input }) =>
      startMigration({ ...input, secretAccessKey: Secret.of(secretAccessKey) }),
    runAgain: ({ secretAccessKey, ...input }) =>
      runAgain({ ...input, secretAccessKey: secretAccessKey === null ? null : Secret.of(secretAccessKey) }),
    supplySecret: ({ migrationId, secretAccessKey }) =>
      migrations.supplySecret(migrationId, Secret.of(secretAccessKey)),
    cancelMigration: ({ migrationId }) => migrations.cancel(migrationId),
    showMigration: ({ migrationId }) => migrations.show(migrationId),
    startAnother: () => {
      migrations.startAnother()
      return null
    },
    readLog: async ({ migrationId }) => {
      const answer = await api('getLog', { params: { migrationId }, query: {} })
      return answer.ok ? { ok: true, value: answer.value.lines } : answer
    },
    listMigrations: ({ cursor, search }) =>
      api('listMigrations', {
        query: { limit: MAX_PAGE_SIZE, ...(cursor === null ? {} : { cursor }), ...(search.trim() === '' ? {} : { search }) },
      }),
    readExceptions: ({ migrationId }) => api('listExceptions', { params: { migrationId } }),
    saveReport: ({ migrationId }) => ports.reports.save(migrationId),
    listRememberedSources: () => [...remembered.list()],
    forgetRememberedSource: (source) => remembered.forget(source),
    changePreferences: (change) => {
      const answer = ports.preferences.change(change)
      // Published before the answer, so that a switch never shows what was.
      ports.state.snapshot()
      return answer
    },
    changeApiOrigin: ({ apiOrigin }) => ports.changeApiOrigin(apiOrigin),
    readDiagnostics: () => ports.diagnostics.read(),
    saveDiagnostics: () => ports.diagnostics.save(),
    readLicences: () => ports.readLicences(),
    checkForUpdates: () => ports.updates.check(),
    restartToUpdate: () => ports.updates.restart(),
    tellWizardUse: ({ use }) => {
      ports.updates.setWizardUse(use)
      return null
    },
    openMigration: ({ migrationId }) => {
      ports.deepLinks.openMigration(migrationId)
      return null
    },
    endNewsShown: ({ migrationId }) => {
      ports.endNews.shownInWindow(migrationId)
      return null
    },
    putEndNewsAway: ({ migrationId }) => {
      ports.endNews.putAway(migrationId)
      return null
    },
    dismissLinkProblem: () => {
      ports.state.setLinkProblem(null)
      return null
    },
    openExternal: async ({ page }) => {
      await ports.openExternal(externalUrls[page])
      return null
    },
  }
}
