import type { DestinationView, LogLine } from '#shared/contract/schemas.ts'
import type { Bridge, RequestAnswer } from '#shared/ipc/channels.ts'
import type { AppFacts, AppSnapshot } from '#shared/ipc/snapshot.ts'
import type { SourceCheck } from '#shared/ipc/source-check.ts'
import type { WizardState } from '../../src/renderer/features/wizard/wizard-state.ts'

/** What one scene of the gallery shows. What is left out never answers. */
export interface Scene {
  readonly snapshot: AppSnapshot
  readonly wizard?: WizardState
  readonly facts?: Partial<AppFacts>
  readonly isDemo?: boolean
  readonly check?: SourceCheck
  readonly start?: RequestAnswer<'startMigration'>
  readonly signIn?: RequestAnswer<'signIn'>
  readonly supply?: RequestAnswer<'supplySecret'>
  readonly destinations?: RequestAnswer<'listDestinations'> | readonly DestinationView[]
  readonly log?: readonly LogLine[]
  readonly again?: RequestAnswer<'runAgain'>
  /** Of a try with a typed secret. */
  readonly againTyped?: RequestAnswer<'runAgain'>
  readonly exceptions?: RequestAnswer<'readExceptions'>
  /** Each first reading fails, so that it is tried once more. */
  readonly isFirstReadingLost?: boolean
  readonly save?: RequestAnswer<'saveReport'>
  /** The first page for a search, and those after it. */
  readonly history?: (search: string, cursor: string | null) => RequestAnswer<'listMigrations'>
  readonly remembered?: RequestAnswer<'listRememberedSources'>
  readonly forget?: RequestAnswer<'forgetRememberedSource'>
  readonly preferences?: RequestAnswer<'changePreferences'>
  readonly apiOrigin?: RequestAnswer<'changeApiOrigin'>
  readonly diagnostics?: RequestAnswer<'readDiagnostics'>
  readonly saveDiagnostics?: RequestAnswer<'saveDiagnostics'>
  readonly updateCheck?: RequestAnswer<'checkForUpdates'>
  readonly updateRestart?: RequestAnswer<'restartToUpdate'>
  readonly licences?: RequestAnswer<'readLicences'>
}

const facts: AppFacts = {
  appVersion: '0.1.0',
  platform: 'linux',
  keychainName: 'GNOME Keyring',
  apiOrigin: 'https://migrate-api.carolinacloud.io',
  apiOriginSource: 'default',
  isDemo: false,
}

export function createBridgeDouble(scene: Scene): Bridge {
  const never = () => new Promise<never>(() => undefined)
  const done = () => Promise.resolve({ ok: true, value: null } as const)
  const answer = <T>(value: T | undefined) => (value === undefined ? never() : Promise.resolve(value))
  const { destinations } = scene
  let stop = (): void => undefined
  const stopped = new Promise<RequestAnswer<'runAgain'>>((resolve) => {
    stop = () => resolve({ kind: 'source', check: { kind: 'stopped' } })
  })
  const lost = new Set(scene.isFirstReadingLost === true ? ['exceptions', 'history'] : [])
  const reading = <T>(name: string, value: T | undefined) =>
    lost.delete(name) ? Promise.resolve({ ok: false, error: { code: 'api-unreachable' } } as const) : answer(value)
  return {
    getFacts: () => Promise.resolve({ ...facts, ...scene.facts }),
    getSnapshot: () => Promise.resolve(scene.snapshot),
    getDemoOffer: () =>
      Promise.resolve(
        scene.isDemo === true
          ? {
              apiKey: 'demo-api-key',
              source: {
                endpoint: 'http://127.0.0.1:9000',
                region: '',
                accessKeyId: 'DEMO',
                bucket: 'demo-photos',
                prefix: '',
              },
              secretAccessKey: 'demo-secret',
            }
          : null,
      ),
    signIn: () => answer(scene.signIn),
    signOut: done,
    retryKeychain: () => Promise.resolve({ ok: false, error: { code: 'keychain-locked' } }),
    checkSource: () => answer(scene.check),
    endSourceCount: () => Promise.resolve(null),
    stopSourceCheck: () => {
      document.body.dataset['checkStopped'] = 'yes'
      stop()
      return Promise.resolve(null)
    },
    listDestinations: () =>
      destinations !== undefined && 'ok' in destinations
        ? Promise.resolve(destinations)
        : answer(destinations === undefined ? undefined : { ok: true, value: [...destinations] }),
    startMigration: () => answer(scene.start),
    runAgain: ({ secretAccessKey }) =>
      Promise.race([
        answer(secretAccessKey === null ? scene.again : scene.againTyped),
        stopped,
      ]),
    supplySecret: () => answer(scene.supply),
    cancelMigration: never,
    showMigration: done,
    startAnother: () => Promise.resolve(null),
    readLog: () => answer(scene.log === undefined ? undefined : { ok: true, value: [...scene.log] }),
    listMigrations: ({ search, cursor }) => reading('history', scene.history?.(search, cursor)),
    readExceptions: () => reading('exceptions', scene.exceptions),
    saveReport: () => answer(scene.save),
    listRememberedSources: () => Promise.resolve(scene.remembered ?? []),
    forgetRememberedSource: () => answer(scene.forget),
    changePreferences: () => answer(scene.preferences),
    changeApiOrigin: () => answer(scene.apiOrigin),
    readDiagnostics: () => answer(scene.diagnostics),
    saveDiagnostics: () => answer(scene.saveDiagnostics),
    readLicences: () => answer(scene.licences),
    checkForUpdates: () => answer(scene.updateCheck),
    restartToUpdate: () => answer(scene.updateRestart),
    tellWizardUse: () => Promise.resolve(null),
    openMigration: () => Promise.resolve(null),
    endNewsShown: () => Promise.resolve(null),
    putEndNewsAway: () => Promise.resolve(null),
    dismissLinkProblem: () => Promise.resolve(null),
    openExternal: () => Promise.resolve(null),
    onNotice: () => () => undefined,
  }
}
