import type { AccountView, DestinationView } from '#shared/contract/schemas.ts'
import type { AppSnapshot, Session } from '#shared/ipc/snapshot.ts'
import type { Finding, Survey } from '#shared/ipc/source-check.ts'
import { emptyWizard, type WizardState } from '../../src/renderer/features/wizard/wizard-state.ts'

const id = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
const TB = 1000 ** 4

export const account: AccountView = {
  id: id(1),
  email: 'maya.okafor@piedmont-research.org',
  organisation: { id: id(2), name: 'Piedmont Research', role: 'admin' },
  capBytesPerSecond: 200 * 1024 * 1024,
}
export const longAccount: AccountView = {
  id: id(1),
  email: 'bartholomew.featherstonehaugh-cholmondeley@department-of-geophysics.piedmont-research.example.org',
  organisation: {
    id: id(2),
    name: 'The Piedmont Consortium for Atmospheric and Oceanographic Research',
    role: 'member',
  },
  capBytesPerSecond: 12 * 1024 * 1024,
}

export const signedIn = (who: AccountView = account): Session => ({
  kind: 'signed-in',
  account: who,
  keyKeeping: { kind: 'keychain' },
})

export function snapshot(patch: Partial<AppSnapshot> = {}): AppSnapshot {
  return {
    revision: 1,
    session: signedIn(),
    current: null,
    connectionProblem: null,
    preferences: {
      theme: 'system',
      isLaunchedAtLogin: false,
      isStartedInTray: true,
      isKeptInTray: true,
      notifications: { completed: true, 'needs-attention': true, cancelled: false },
    },
    endNews: [],
    linkProblem: null,
    updates: { kind: 'idle', checkedAt: null },
    ...patch,
  }
}

export const destinations: readonly DestinationView[] = [
  {
    id: id(11),
    name: 'My Storage',
    bucket: 'cc-maya-okafor-7f3a',
    scope: 'personal',
    organisationName: null,
    isDispatchAllowed: true,
  },
  {
    id: id(12),
    name: 'Piedmont Research Storage',
    bucket: 'cc-piedmont-research',
    scope: 'organisation',
    organisationName: 'Piedmont Research',
    isDispatchAllowed: true,
  },
  {
    id: id(13),
    name: 'Coastal Imaging',
    bucket: 'cc-piedmont-coastal-imaging',
    scope: 'project',
    organisationName: 'Piedmont Research',
    isDispatchAllowed: false,
  },
]

const listed: Finding = {
  code: 'source-listed',
  severity: 'good',
  facts: { objects: 842, bytes: 3.4 * TB, more: false },
  fixes: [],
}
const readable: Finding = { code: 'source-readable', severity: 'good', facts: { objects: 3 }, fixes: [] }
const kept: Finding = {
  code: 'metadata-kept',
  severity: 'good',
  facts: { sampled: 3, headers: 'Content-Type, Cache-Control', ownMetadata: 'camera, site' },
  fixes: [],
}
export const goodFindings: readonly Finding[] = [listed, readable, kept]
export const countingFindings: readonly Finding[] = [{ ...listed, facts: {} }, readable, kept]
export const notedFindings: readonly Finding[] = [
  { ...listed, facts: { objects: 51_002, bytes: 3.4 * TB, more: true } },
  readable,
  kept,
  {
    code: 'tags-lost',
    severity: 'note',
    facts: { objects: 2, sampled: 3, key: 'photos/2024/harbour.jpg', tags: 'project, retention' },
    fixes: [],
  },
  {
    code: 'storage-class-lost',
    severity: 'note',
    facts: { objects: 12_004, more: true, classes: 'STANDARD_IA, GLACIER_IR' },
    fixes: [],
  },
]
export const survey: Survey = { objects: 842, bytes: 3.4 * TB, isComplete: true, archivedObjects: 0, archivedBytes: 0 }
export const partialSurvey: Survey = { ...survey, objects: 51_002, isComplete: false }
export const badFindings: readonly Finding[] = [
  {
    code: 'region-mismatch',
    severity: 'problem',
    facts: { sentRegion: 'us-east-1', expectedRegion: 'us-west-2' },
    fixes: [{ region: 'us-west-2', endpoint: 'https://s3.us-west-2.amazonaws.com' }],
  },
]
export const folderOrObjectFindings: readonly Finding[] = [
  {
    code: 'folder-or-object',
    severity: 'problem',
    facts: { folder: 'photos/', object: 'photos' },
    fixes: [{ prefix: 'photos/' }, { prefixMeans: 'object' }],
  },
]
export const archivedFindings: readonly Finding[] = [
  listed,
  {
    code: 'archived-object',
    severity: 'note',
    facts: { objects: 37, bytes: 1.2e9, more: false, key: 'photos/2019/raw/IMG_0001.dng' },
    fixes: [],
  },
]

export const typedWizard: WizardState = {
  ...emptyWizard,
  providerId: 'aws/us-east-1',
  source: {
    endpoint: 'https://s3.us-east-1.amazonaws.com',
    region: 'us-east-1',
    accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
    bucket: 'field-recordings',
    prefix: 'photos/',
  },
}
export const readyWizard: WizardState = {
  ...typedWizard,
  check: {
    kind: 'ready',
    findings: goodFindings,
    target: { kind: 'folder', prefix: 'photos/' },
    firstKey: 'photos/2024/harbour.jpg',
    survey,
    archivedChoice: null,
    isChoiceMissed: false,
    isStale: false,
  },
}

export const archivedWizard: WizardState = withCheck(readyWizard, {
  findings: archivedFindings,
  survey: { ...survey, archivedObjects: 37, archivedBytes: 1.2e9 },
})

/** The same wizard with other news of its check. */
export function withCheck(
  wizard: WizardState,
  news: Partial<Extract<WizardState['check'], { kind: 'ready' }>>,
): WizardState {
  return wizard.check.kind === 'ready' ? { ...wizard, check: { ...wizard.check, ...news } } : wizard
}

export const longName = 'geophysics-department-long-term-seismic-archive-2009-2024-raw'

export const longSource = {
  endpoint: 'https://object-store.geophysics.department-of-natural-sciences.piedmont-research.example.org:9443',
  region: 'us-east-1',
  accessKeyId: 'GEOPHYSICSARCHIVEREADONLY2024',
  bucket: longName,
  prefix: 'instruments/2024/broadband-seismometers/uncompressed/',
}

export const unreachable = { problem: { code: 'api-unreachable' as const }, since: '2026-11-22T14:32:00Z' }

export { id, TB }
