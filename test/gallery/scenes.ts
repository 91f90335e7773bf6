import type { Scene } from './bridge-double.ts'
import {
  archivedFindings,
  badFindings,
  current,
  destinations,
  ended,
  folderOrObjectFindings,
  goodFindings,
  id,
  log,
  longAccount,
  longName,
  longSource,
  readyWizard,
  signedIn,
  snapshot,
  TB,
  typedWizard,
} from './fixtures.ts'
import { emptyWizard } from '../../src/renderer/features/wizard/wizard-state.ts'

const problemAt = '2026-11-22T14:32:00Z'
const unreachable = { problem: { code: 'api-unreachable' as const }, since: problemAt }
const emptyProgress = { copiedBytes: 0, copiedObjects: 0, totalBytes: null, totalObjects: null, bytesPerSecond: null }
const reviewWizard = {
  ...readyWizard,
  step: 'review' as const,
  destination: destinations[1] ?? null,
  dispatchKey: id(50),
}

/** Every screen and state by name; screenshots and visual review go through all of them. */
export const scenes: Readonly<Record<string, Scene | undefined>> = {
  restoring: { snapshot: snapshot({ session: { kind: 'restoring' } }) },
  'sign-in': { snapshot: snapshot({ session: { kind: 'signed-out', problem: null } }) },
  'sign-in-demo': { snapshot: snapshot({ session: { kind: 'signed-out', problem: null } }), isDemo: true },
  'sign-in-refused': {
    snapshot: snapshot({
      session: { kind: 'signed-out', problem: { code: 'unauthenticated', reference: 'req_7d1c' } },
    }),
  },
  'source-empty': {
    snapshot: snapshot(),
    isDemo: true,
    check: { kind: 'ready', findings: [...goodFindings], target: { kind: 'bucket' }, firstKey: 'harbour.jpg' },
    destinations,
    start: { kind: 'source', check: { kind: 'blocked', findings: [...badFindings] } },
  },
  'source-demo': { snapshot: snapshot(), isDemo: true },
  'source-typed': { snapshot: snapshot(), wizard: typedWizard },
  'source-custom': { snapshot: snapshot(), wizard: { ...emptyWizard, providerId: 'custom' } },
  'source-fields': {
    snapshot: snapshot(),
    wizard: {
      ...typedWizard,
      providerId: 'custom',
      source: { ...typedWizard.source, endpoint: 'minio.example.org/recordings', bucket: 's3://field/photos' },
      problems: {
        endpoint: {
          field: 'endpoint',
          code: 'endpoint-without-scheme',
          repair: { endpoint: 'https://minio.example.org' },
        },
        secretAccessKey: { field: 'secretAccessKey', code: 'empty' },
        bucket: { field: 'bucket', code: 'bucket-is-url', repair: { bucket: 'field', prefix: 'photos' } },
      },
    },
  },
  'source-running': {
    snapshot: snapshot(),
    wizard: { ...typedWizard, check: { kind: 'running', draft: typedWizard.source } },
  },
  'source-blocked': {
    snapshot: snapshot(),
    wizard: { ...typedWizard, check: { kind: 'blocked', findings: badFindings, isStale: false } },
  },
  'source-folder-or-object': {
    snapshot: snapshot(),
    wizard: {
      ...typedWizard,
      source: { ...typedWizard.source, prefix: 'photos' },
      check: { kind: 'blocked', findings: folderOrObjectFindings, isStale: false },
    },
  },
  'source-archived': {
    snapshot: snapshot(),
    wizard: {
      ...typedWizard,
      check: {
        kind: 'ready',
        findings: archivedFindings,
        target: { kind: 'folder', prefix: 'photos/' },
        firstKey: 'photos/2024/harbour.jpg',
        isStale: false,
      },
    },
  },
  'source-stale': {
    snapshot: snapshot(),
    wizard: { ...typedWizard, check: { kind: 'blocked', findings: badFindings, isStale: true } },
  },
  'source-ready': { snapshot: snapshot(), wizard: readyWizard },
  destination: {
    snapshot: snapshot(),
    wizard: { ...readyWizard, step: 'destination', destination: destinations[0] ?? null },
    destinations,
  },
  'destination-edited': {
    snapshot: snapshot(),
    wizard: {
      ...readyWizard,
      step: 'destination',
      editedDestinationPrefix: '/archive//photos',
      problems: {
        destinationBucketId: { field: 'destinationBucketId', code: 'not-chosen' },
        destinationPrefix: {
          field: 'destinationPrefix',
          code: 'prefix-leading-slash',
          repair: { destinationPrefix: 'archive//photos' },
        },
      },
    },
    destinations,
  },
  'destination-loading': { snapshot: snapshot(), wizard: { ...readyWizard, step: 'destination' } },
  'destination-empty': { snapshot: snapshot(), wizard: { ...readyWizard, step: 'destination' }, destinations: [] },
  'destination-failed': {
    snapshot: snapshot({ connectionProblem: unreachable }),
    wizard: { ...readyWizard, step: 'destination' },
    destinations: { ok: false, error: { code: 'api-unreachable', reference: 'ECONNREFUSED' } },
  },
  review: { snapshot: snapshot(), wizard: reviewWizard },
  'review-live': {
    snapshot: snapshot(),
    wizard: reviewWizard,
    start: { kind: 'refused', problem: { code: 'migration-live', migrationId: id(99) } },
  },
  'review-forbidden': {
    snapshot: snapshot(),
    wizard: reviewWizard,
    start: { kind: 'refused', problem: { code: 'destination-forbidden', reference: 'req_81aa' } },
  },
  'review-long': {
    snapshot: snapshot({ session: signedIn(longAccount) }),
    wizard: {
      ...reviewWizard,
      providerId: 'custom',
      source: longSource,
      check: {
        kind: 'ready',
        findings: goodFindings,
        target: { kind: 'folder', prefix: longSource.prefix },
        firstKey: `${longSource.prefix}a`,
        isStale: false,
      },
    },
  },
  'source-long': {
    snapshot: snapshot({ session: signedIn(longAccount) }),
    wizard: { ...typedWizard, providerId: 'custom', source: longSource },
  },
  'current-waiting': {
    snapshot: snapshot({
      current: current({ state: 'queued', progress: emptyProgress, startedAt: null }, { handover: 'ready' }),
    }),
  },
  'current-secret-needed': {
    snapshot: snapshot({
      current: current({ state: 'awaiting-credentials', attempt: 2 }, { handover: 'secret-needed' }),
    }),
  },
  'current-secret-refused': {
    snapshot: snapshot({
      current: current({ state: 'awaiting-credentials', attempt: 2 }, { handover: 'secret-needed' }),
    }),
    supply: { ok: false, error: { code: 'source-not-ready', reference: 'signature-mismatch' } },
  },
  'current-sizing': {
    snapshot: snapshot({
      current: current({
        progress: { ...emptyProgress, copiedBytes: 1.9e9, copiedObjects: 430, bytesPerSecond: 150e6 },
      }),
    }),
  },
  'current-copying': { snapshot: snapshot({ current: current() }), log },
  'current-offline': { snapshot: snapshot({ current: current(), connectionProblem: unreachable }), log },
  'current-verifying': {
    snapshot: snapshot({
      current: current({
        state: 'verifying',
        progress: {
          copiedBytes: 3.4 * TB,
          copiedObjects: 51_002,
          totalBytes: 3.4 * TB,
          totalObjects: 51_002,
          bytesPerSecond: null,
        },
      }),
    }),
  },
  'current-cancelling': { snapshot: snapshot({ current: current({}, { isCancelRequested: true }) }) },
  'current-huge': {
    snapshot: snapshot({
      session: signedIn(longAccount),
      current: current({
        source: {
          endpoint: longSource.endpoint,
          region: 'us-east-1',
          accessKeyId: 'G',
          bucket: longName,
          target: { kind: 'folder', prefix: longSource.prefix },
        },
        progress: {
          copiedBytes: 98.7 * TB,
          copiedObjects: 1_234_567_890,
          totalBytes: 812.4 * TB,
          totalObjects: 9_876_543_210,
          bytesPerSecond: 209_715_200,
        },
        startedAt: new Date(Date.now() - 6.3 * 86_400_000).toISOString(),
      }),
    }),
  },
  completed: { snapshot: snapshot({ current: ended({ state: 'completed' }) }), log },
  failed: {
    snapshot: snapshot({
      current: ended({
        state: 'failed',
        progress: {
          copiedBytes: 1.21e12,
          copiedObjects: 12_430,
          totalBytes: 3.4e12,
          totalObjects: 51_002,
          bytesPerSecond: null,
        },
        failure: {
          code: 'archived-object',
          side: 'source',
          message:
            'operation error S3: GetObject, https response error StatusCode: 403, InvalidObjectState: The operation is not valid for the object’s storage class',
          exitCode: 1,
        },
      }),
    }),
    log,
  },
  cancelled: {
    snapshot: snapshot({
      current: ended({
        state: 'cancelled',
        progress: {
          copiedBytes: 1.21e12,
          copiedObjects: 12_430,
          totalBytes: 3.4e12,
          totalObjects: 51_002,
          bytesPerSecond: null,
        },
      }),
    }),
    log,
  },
  'kept-until-quit': {
    snapshot: snapshot({
      session: {
        kind: 'signed-in',
        account: longAccount,
        keyKeeping: { kind: 'until-quit', reason: { code: 'keychain-unavailable' } },
      },
    }),
  },
}
