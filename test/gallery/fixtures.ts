import type { AccountView, DestinationView, LogLine, MigrationView } from '#shared/contract/schemas.ts'
import type { AppSnapshot, CurrentMigration, Session } from '#shared/ipc/snapshot.ts'
import type { Finding } from '#shared/ipc/source-check.ts'
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
  return { revision: 1, session: signedIn(), current: null, connectionProblem: null, ...patch }
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
const readable: Finding = { code: 'source-readable', severity: 'good', facts: {}, fixes: [] }
export const goodFindings: readonly Finding[] = [listed, readable]
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
    facts: { objects: 37, key: 'photos/2019/raw/IMG_0001.dng' },
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
    isStale: false,
  },
}

export const longName = 'geophysics-department-long-term-seismic-archive-2009-2024-raw'

export const longSource = {
  endpoint: 'https://object-store.geophysics.department-of-natural-sciences.piedmont-research.example.org:9443',
  region: 'us-east-1',
  accessKeyId: 'GEOPHYSICSARCHIVEREADONLY2024',
  bucket: longName,
  prefix: 'instruments/2024/broadband-seismometers/uncompressed/',
}

export function migration(patch: Partial<MigrationView> = {}): MigrationView {
  return {
    id: id(99),
    revision: 7,
    state: 'running',
    source: {
      endpoint: 'https://s3.us-east-1.amazonaws.com',
      region: 'us-east-1',
      accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
      bucket: 'field-recordings',
      target: { kind: 'folder', prefix: 'photos/' },
    },
    destination: {
      id: id(12),
      name: 'Piedmont Research Storage',
      bucket: 'cc-piedmont-research',
      scope: 'organisation',
      prefix: 'photos/',
    },
    capBytesPerSecond: 200 * 1024 * 1024,
    progress: {
      copiedBytes: 1.2149 * TB,
      copiedObjects: 12_430,
      totalBytes: 3.4 * TB,
      totalObjects: 51_002,
      bytesPerSecond: 187 * 1024 * 1024,
    },
    sealingKey: null,
    attempt: 1,
    failure: null,
    createdAt: new Date(Date.now() - 6_130_000).toISOString(),
    startedAt: new Date(Date.now() - 6_127_000).toISOString(),
    finishedAt: null,
    ...patch,
  }
}

export function ended(patch: Partial<MigrationView>): CurrentMigration {
  const progress = {
    copiedBytes: 3.4 * TB,
    copiedObjects: 51_002,
    totalBytes: 3.4 * TB,
    totalObjects: 51_002,
    bytesPerSecond: null,
  }
  return current(
    { progress, finishedAt: new Date(Date.now() - 60_000).toISOString(), ...patch },
    { handover: 'not-needed' },
  )
}

export function current(patch: Partial<MigrationView> = {}, around: Partial<CurrentMigration> = {}): CurrentMigration {
  return {
    migration: migration(patch),
    handover: 'handed-over',
    handoverProblem: null,
    isCancelRequested: false,
    ...around,
  }
}

export const log: readonly LogLine[] = [
  'claimed by worker carolina-rtp-04',
  'listing field-recordings/photos/ …',
  'listing done: 51,002 objects, 3,400,000,000,000 bytes',
  'copying with a cap of 200 MiB/s',
  'photos/2024/harbour.jpg: copied',
  'photos/2024/07/a-rather-long-folder-name/with-more-below-it/and-then-an-image-of-the-harbour-at-dawn.jpg: copied',
  'photos/2024/pier.jpg: the source answered 503 SlowDown, trying again in 2 s',
  'photos/2024/pier.jpg: copied',
].map((text, index) => ({
  sequence: index + 1,
  at: new Date(Date.UTC(2026, 10, 22, 12, 0, index * 7)).toISOString(),
  level: text.includes('503') ? 'warning' : 'info',
  text,
}))

export { id, TB }
