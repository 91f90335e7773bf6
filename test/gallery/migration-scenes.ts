import { emptyProgress } from '#shared/domain/progress-model.ts'
import type { Scene } from './bridge-double.ts'
import { id, longAccount, longName, longSource, signedIn, snapshot, TB, unreachable } from './fixtures.ts'
import { current, log, migration, rates, wholeProgress } from './migration-fixtures.ts'

const secretNeeded = snapshot({
  current: current(
    { state: 'awaiting-credentials', attempt: 2, throughput: null },
    { handover: 'secret-needed' },
  ),
})
const inventory = {
  storageClasses: [],
  archived: { objects: 12, bytes: 4e9 },
  oddKeys: { objects: 340, bytes: 1e9 },
}
const copying = migration().progress

/** The live migration in each of its phases. */
export const migrationScenes: Readonly<Record<string, Scene>> = {
  'current-waiting': {
    snapshot: snapshot({
      current: current(
        { state: 'queued', progress: emptyProgress, throughput: null, startedAt: null },
        { handover: 'ready' },
      ),
    }),
  },
  'current-secret-needed': { snapshot: secretNeeded },
  'settings-secret-needed': { snapshot: secretNeeded },
  'current-secret-refused': {
    snapshot: secretNeeded,
    supply: { ok: false, error: { code: 'source-not-ready', reference: 'signature-mismatch' } },
  },
  'current-secret-locked': {
    snapshot: snapshot({
      current: current(
        { state: 'awaiting-credentials', attempt: 2, throughput: null },
        { handover: 'secret-needed', handoverProblem: { code: 'keychain-locked' } },
      ),
    }),
  },
  'current-sizing': {
    snapshot: snapshot({
      current: current({
        progress: { ...emptyProgress, copiedBytes: 1.9e9, copiedObjects: 430, bytesPerSecond: 150e6 },
        throughput: { secondsPerSample: 1, bytesPerSecond: [60e6, 110e6, 150e6, 148e6] },
      }),
    }),
  },
  'current-copying': { snapshot: snapshot({ current: current() }), log },
  'current-slower': {
    snapshot: snapshot({
      current: current({ progress: { ...copying, remainingNote: 'slower', remainingSeconds: 97_200 }, inventory }),
    }),
  },
  'current-estimating': {
    snapshot: snapshot({ current: current({ progress: { ...copying, remainingSeconds: null } }) }),
  },
  'current-source-silent': {
    snapshot: snapshot({
      current: current({
        progress: { ...copying, bytesPerSecond: 0, remainingSeconds: null },
        waiting: { side: 'source', code: 'unreachable', nextTryAt: new Date(Date.now() + 20_000).toISOString() },
      }),
    }),
  },
  'current-destination-silent': {
    snapshot: snapshot({
      current: current({
        state: 'verifying',
        progress: { ...wholeProgress, verifiedObjects: 12_000 },
        waiting: { side: 'destination', code: 'throttled', nextTryAt: '2026-11-22T11:32:10Z' },
      }),
    }),
  },
  'current-offline': { snapshot: snapshot({ current: current(), connectionProblem: unreachable }), log },
  'current-verifying': {
    snapshot: snapshot({
      current: current({
        state: 'verifying',
        progress: { ...wholeProgress, verifiedObjects: 12_000, remainingSeconds: 42 },
      }),
    }),
  },
  'current-cancelling': { snapshot: snapshot({ current: current({}, { isCancelRequested: true }) }) },
  'current-huge': {
    snapshot: snapshot({
      session: signedIn(longAccount),
      current: current({
        id: id(98),
        source: {
          endpoint: longSource.endpoint,
          region: 'us-east-1',
          accessKeyId: 'G',
          bucket: longName,
          target: { kind: 'folder', prefix: longSource.prefix },
        },
        progress: {
          ...emptyProgress,
          copiedBytes: 98.7 * TB,
          copiedObjects: 1_234_567_890,
          totalBytes: 812.4 * TB,
          totalObjects: 9_876_543_210,
          bytesPerSecond: 209_715_200,
          remainingSeconds: 39 * 86_400,
          remainingNote: 'total-grew',
        },
        inventory: {
          storageClasses: [],
          archived: { objects: 1_204_317_004, bytes: 99 * TB },
          oddKeys: { objects: 77_001_230, bytes: TB },
        },
        throughput: { secondsPerSample: 10_800, bytesPerSecond: rates },
        startedAt: new Date(Date.now() - 6.3 * 86_400_000).toISOString(),
      }),
    }),
  },
}
