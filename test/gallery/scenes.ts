import type { Scene } from './bridge-double.ts'
import {
  archivedWizard,
  badFindings,
  countingFindings,
  destinations,
  folderOrObjectFindings,
  goodFindings,
  id,
  longAccount,
  longSource,
  notedFindings,
  partialSurvey,
  readyWizard,
  signedIn,
  snapshot,
  survey,
  typedWizard,
  withCheck,
  unreachable,
} from './fixtures.ts'
import { historyScenes } from './history-scenes.ts'
import { migrationScenes } from './migration-scenes.ts'
import { outcomeScenes } from './outcome-scenes.ts'
import { settingsScenes } from './settings-scenes.ts'
import { emptyWizard } from '../../src/renderer/features/wizard/wizard-state.ts'

const reviewWizard = {
  ...readyWizard,
  step: 'review' as const,
  destination: destinations[1] ?? null,
  dispatchKey: id(50),
}

/** Every screen and state by name; screenshots and visual review go through all of them. */
export const scenes: Readonly<Record<string, Scene | undefined>> = {
  restoring: { snapshot: snapshot({ session: { kind: 'restoring', isKeychainAsked: true } }) },
  'restoring-offline': {
    snapshot: snapshot({ session: { kind: 'restoring', isKeychainAsked: false }, connectionProblem: unreachable }),
  },
  'sign-in': { snapshot: snapshot({ session: { kind: 'signed-out', problem: null } }) },
  'sign-in-demo': { snapshot: snapshot({ session: { kind: 'signed-out', problem: null } }), isDemo: true },
  'sign-in-refused': {
    snapshot: snapshot({
      session: { kind: 'signed-out', problem: { code: 'unauthenticated', reference: 'req_7d1c' } },
    }),
  },
  'sign-in-locked': { snapshot: snapshot({ session: { kind: 'signed-out', problem: { code: 'keychain-locked' } } }) },
  'sign-in-key-left': {
    snapshot: snapshot({
      session: { kind: 'signed-out', problem: { code: 'keychain-timeout', reference: 'key-not-removed' } },
    }),
  },
  'source-empty': {
    snapshot: snapshot(),
    isDemo: true,
    check: { kind: 'ready', findings: [...goodFindings], target: { kind: 'bucket' }, firstKey: 'harbour.jpg', survey },
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
    wizard: { ...typedWizard, check: { kind: 'running', draft: typedWizard.source, progress: null } },
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
  'source-counting': {
    snapshot: snapshot(),
    wizard: {
      ...typedWizard,
      check: {
        kind: 'running',
        draft: typedWizard.source,
        progress: { findings: [...countingFindings], survey: partialSurvey },
      },
    },
  },
  'source-archived': { snapshot: snapshot(), wizard: archivedWizard },
  'source-archived-missed': { snapshot: snapshot(), wizard: withCheck(archivedWizard, { isChoiceMissed: true }) },
  'source-archived-stop': { snapshot: snapshot(), wizard: withCheck(archivedWizard, { archivedChoice: 'stop' }) },
  'source-noted': { snapshot: snapshot(), wizard: withCheck(readyWizard, { findings: notedFindings, survey: partialSurvey }) },
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
  'review-stopped': {
    snapshot: snapshot(),
    wizard: reviewWizard,
    start: { kind: 'source', check: { kind: 'stopped' } },
  },
  'review-forbidden': {
    snapshot: snapshot(),
    wizard: reviewWizard,
    start: { kind: 'refused', problem: { code: 'destination-forbidden', reference: 'req_81aa' } },
  },
  'review-long': {
    snapshot: snapshot({ session: signedIn(longAccount) }),
    wizard: withCheck(
      { ...reviewWizard, providerId: 'custom', source: longSource },
      { target: { kind: 'folder', prefix: longSource.prefix }, firstKey: `${longSource.prefix}a` },
    ),
  },
  'partial-review': {
    snapshot: snapshot(),
    wizard: withCheck(reviewWizard, {
      findings: notedFindings,
      survey: { ...partialSurvey, archivedObjects: 37, archivedBytes: 1.2e9 },
    }),
  },
  'source-long': {
    snapshot: snapshot({ session: signedIn(longAccount) }),
    wizard: { ...typedWizard, providerId: 'custom', source: longSource },
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
  ...migrationScenes,
  ...outcomeScenes,
  ...historyScenes,
  ...settingsScenes,
}
