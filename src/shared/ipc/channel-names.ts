import type { NoticeName, RequestName } from './channels.ts'

/**
 * The channels' names without zod, for the sandboxed preload. Total by type: a channel that is
 * missing here, or one too many, does not compile.
 */
export const requestNames = Object.keys({
  getFacts: 0,
  getSnapshot: 0,
  getDemoOffer: 0,
  signIn: 0,
  signOut: 0,
  retryKeychain: 0,
  checkSource: 0,
  stopSourceCheck: 0,
  endSourceCount: 0,
  listDestinations: 0,
  startMigration: 0,
  runAgain: 0,
  supplySecret: 0,
  cancelMigration: 0,
  showMigration: 0,
  startAnother: 0,
  readLog: 0,
  listMigrations: 0,
  readExceptions: 0,
  saveReport: 0,
  listRememberedSources: 0,
  forgetRememberedSource: 0,
  changePreferences: 0,
  changeApiOrigin: 0,
  readDiagnostics: 0,
  saveDiagnostics: 0,
  readLicences: 0,
  checkForUpdates: 0,
  restartToUpdate: 0,
  tellWizardUse: 0,
  openMigration: 0,
  endNewsShown: 0,
  putEndNewsAway: 0,
  dismissLinkProblem: 0,
  openExternal: 0,
} satisfies Record<RequestName, 0>) as readonly RequestName[]

export const noticeNames = Object.keys({
  snapshotChanged: 0,
  cancelAsked: 0,
  migrationOpened: 0,
  sourceCheckProgressed: 0,
  rememberFailed: 0,
} satisfies Record<NoticeName, 0>) as readonly NoticeName[]

export const requestChannel = (name: RequestName): string => `request:${name}`
export const noticeChannel = (name: NoticeName): string => `notice:${name}`
