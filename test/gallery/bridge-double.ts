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
  readonly exceptions?: RequestAnswer<'readExceptions'>
  readonly save?: RequestAnswer<'saveReport'>
  /** The first page for a search. */
  readonly history?: (search: string) => RequestAnswer<'listMigrations'>
}

const facts: AppFacts = {
  appVersion: '0.1.0',
  platform: 'linux',
  keychainName: 'GNOME Keyring',
  apiOrigin: 'https://api.example.org',
  isDemo: false,
}

export function createBridgeDouble(scene: Scene): Bridge {
  const never = () => new Promise<never>(() => undefined)
  const done = () => Promise.resolve({ ok: true, value: null } as const)
  const answer = <T>(value: T | undefined) => (value === undefined ? never() : Promise.resolve(value))
  const { destinations } = scene
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
    checkSource: () => answer(scene.check),
    stopSourceCheck: () => Promise.resolve(null),
    listDestinations: () =>
      destinations !== undefined && 'ok' in destinations
        ? Promise.resolve(destinations)
        : answer(destinations === undefined ? undefined : { ok: true, value: [...destinations] }),
    startMigration: () => answer(scene.start),
    runAgain: () => answer(scene.again),
    supplySecret: () => answer(scene.supply),
    cancelMigration: never,
    showMigration: done,
    startAnother: () => Promise.resolve(null),
    readLog: () => answer(scene.log === undefined ? undefined : { ok: true, value: [...scene.log] }),
    listMigrations: ({ search }) => answer(scene.history?.(search)),
    readExceptions: () => answer(scene.exceptions),
    saveReport: () => answer(scene.save),
    listRememberedSources: () => Promise.resolve([]),
    forgetRememberedSource: done,
    openExternal: () => Promise.resolve(null),
    onNotice: () => () => undefined,
  }
}
