import type { MigrationView, ObjectException } from '#shared/contract/schemas.ts'
import type { RequestAnswer } from '#shared/ipc/channels.ts'
import type { Finding } from '#shared/ipc/source-check.ts'
import type { Scene } from './bridge-double.ts'
import { badFindings, id, longName, snapshot } from './fixtures.ts'
import { archivedFailure, ended, endedMigration, log, partProgress, report, verification } from './migration-fixtures.ts'

const archived: Omit<ObjectException, 'key'> = {
  bytes: 41_238_110,
  outcome: 'archived',
  reason: 'archived-object',
  detail: 'GLACIER',
}
const changed: ObjectException = {
  key: 'photos/2024/harbour-livestream.m3u8',
  bytes: 9_120,
  outcome: 'changed',
  reason: 'changed-during-copy',
  detail: '',
}

/** Keys as awkward as S3 allows. */
const awkward: readonly ObjectException[] = [
  {
    key: `photos/${'ein-sehr-langer-ordnername/'.repeat(37)}abcdefghij.dng`,
    bytes: 4_812_000_311_204,
    outcome: 'failed',
    reason: 'key-too-long',
    detail: '',
  },
  { ...archived, key: 'photos/تقارير/٢٠٢٤/الميناء-عند-الفجر-صورة-عالية-الدقة.jpg' },
  {
    key: 'photos/撮影/二〇二四年/夜明けの港から見た船と灯台の長い名前の写真.jpg',
    bytes: 88_120_331,
    outcome: 'missing',
    reason: 'unknown',
    detail: '',
  },
  {
    key: 'photos/invoice\u202Efdp.exe\n/../👩‍👩‍👧.png',
    bytes: 0,
    outcome: 'failed',
    reason: 'access-denied',
    detail: 'operation error S3: GetObject, StatusCode: 403, AccessDenied: Access Denied by bucket policy statement 3',
  },
  changed,
]
const hundred: readonly ObjectException[] = Array.from({ length: 100 }, (_, index) => {
  const special = awkward[index]
  const number = String(index).padStart(4, '0')
  const key = `photos/2019/raw/card-${index % 7}/IMG_${number}.dng`
  return special ?? { ...archived, key, bytes: 39e6 + index * 7001 }
})

const listed = (
  exceptions: readonly ObjectException[],
  total = exceptions.length,
): RequestAnswer<'readExceptions'> => ({ ok: true, value: { exceptions: [...exceptions], total } })

const withExceptions = (patch: Partial<MigrationView> = {}) =>
  snapshot({
    current: ended({
      state: 'completed-with-exceptions',
      verification: verification(
        { copied: { objects: 51_000, bytes: 3.3998e12 }, byChecksumObjects: 51_000 },
        { archived: 1, changed: 1 },
      ),
      report,
      ...patch,
    }),
  })
const many = withExceptions({
  verification: verification(
    { copied: { objects: 50_902, bytes: 3.39e12 }, byChecksumObjects: 50_800, bySizeObjects: 102, markersNotHeld: 3 },
    { archived: 96, failed: 2, missing: 1, changed: 1 },
  ),
})
const done = (patch: Partial<MigrationView> = {}) =>
  snapshot({ current: ended({ state: 'completed', verification: verification(), report, ...patch }) })
const twoExceptions = [{ ...archived, key: 'photos/2019/raw/IMG_0001.dng' }, changed]
const twoKeys = listed(twoExceptions)
const keptExceptions = ['harbour.jpg', 'pier.jpg', 'quay.jpg'].map(
  (name): ObjectException => ({
    key: `photos/2024/${name}`,
    bytes: 1_240_000,
    outcome: 'kept-different',
    reason: 'different-kept',
    detail: '',
  }),
)
const nothingCopied = { copied: { objects: 0, bytes: 0 }, byChecksumObjects: 0 }
const signatureMismatch: Finding = { code: 'signature-mismatch', severity: 'problem', facts: {}, fixes: [] }

/** How a migration ended, and what can be done then. */
export const outcomeScenes: Readonly<Record<string, Scene>> = {
  'completed-while-away': {
    snapshot: snapshot({
      current: { ...ended({ state: 'completed', verification: verification(), report }), isEndMissed: true },
    }),
  },
  /** The window is at the settings when it ends. */
  'settings-end-news': {
    snapshot: snapshot({
      current: ended({ state: 'completed', verification: verification(), report }),
      endNews: [endedMigration({ state: 'completed', verification: verification(), report })],
    }),
  },
  completed: { snapshot: done(), log },
  'completed-saved': {
    snapshot: done(),
    save: { ok: true, value: { kind: 'saved', fileName: 'field-recordings-report.csv', sha256: report.csv.sha256 } },
  },
  'completed-not-saved': {
    snapshot: done(),
    save: { ok: false, error: { code: 'report-not-saved', reference: 'ENOSPC' } },
  },
  'completed-by-size': {
    snapshot: done({
      verification: verification({ byChecksumObjects: 0, bySizeObjects: 51_002 }),
      report: null,
    }),
  },
  'completed-partly-by-size': {
    snapshot: done({
      verification: verification({
        copied: { objects: 12, bytes: 9e8 },
        alreadyThere: { objects: 50_990, bytes: 3.399e12 },
        byChecksumObjects: 50_990,
        bySizeObjects: 12,
        markersNotHeld: 1,
      }),
    }),
  },
  'completed-markers': {
    snapshot: done({
      verification: verification({ copied: { objects: 0, bytes: 0 }, byChecksumObjects: 0, markersNotHeld: 3 }),
    }),
  },
  'completed-long': {
    snapshot: done({
      source: {
        ...endedMigration({}).source,
        bucket: longName,
        target: { kind: 'folder', prefix: 'ein-sehr-langer-ordnername/'.repeat(37) },
      },
    }),
  },
  'exceptions-one': {
    snapshot: withExceptions({
      verification: verification(
        { copied: { objects: 51_001, bytes: 3.3999e12 }, byChecksumObjects: 51_001 },
        { archived: 1 },
      ),
    }),
    exceptions: listed([{ ...archived, key: 'photos/2019/raw/IMG_0001.dng' }]),
  },
  'exceptions-two': { snapshot: withExceptions(), exceptions: twoKeys },
  'exceptions-hundred': { snapshot: many, exceptions: listed(hundred) },
  'exceptions-table': { snapshot: many, exceptions: listed(hundred) },
  'exceptions-million': {
    snapshot: withExceptions({
      verification: verification(
        { copied: { objects: 9_876_543_210, bytes: 8.1e14 }, byChecksumObjects: 9_876_543_210 },
        { archived: 1_204_317, changed: 12, 'kept-different': 88, failed: 3, missing: 1 },
      ),
      report: { ...report, rows: 9_877_747_631 },
    }),
    exceptions: listed(hundred, 1_204_421),
  },
  'exceptions-loading': { snapshot: withExceptions() },
  'exceptions-failed': {
    snapshot: withExceptions(),
    exceptions: { ok: false, error: { code: 'api-unreachable', reference: 'ECONNRESET' } },
  },
  'exceptions-retried': { snapshot: withExceptions(), exceptions: twoKeys, isFirstReadingLost: true },
  'exceptions-no-report': { snapshot: withExceptions({ report: null }), exceptions: listed(twoExceptions, 1_204) },
  'again-secret': {
    snapshot: withExceptions(),
    exceptions: twoKeys,
    again: { kind: 'secret-needed', reason: null },
  },
  'again-locked': {
    snapshot: withExceptions(),
    exceptions: twoKeys,
    again: { kind: 'secret-needed', reason: { code: 'keychain-locked' } },
  },
  'again-no-longer-fits': {
    snapshot: withExceptions(),
    exceptions: twoKeys,
    again: { kind: 'source', check: { kind: 'blocked', findings: [signatureMismatch] } },
  },
  'again-typed-live': {
    snapshot: withExceptions(),
    exceptions: twoKeys,
    again: { kind: 'secret-needed', reason: null },
    againTyped: { kind: 'refused', problem: { code: 'migration-live', migrationId: id(97) } },
  },
  'again-typed-running': { snapshot: withExceptions(), exceptions: twoKeys, again: { kind: 'secret-needed', reason: null } },
  'again-typed-called-off': {
    snapshot: withExceptions(),
    exceptions: twoKeys,
    again: { kind: 'secret-needed', reason: null },
  },
  'again-stopped': {
    snapshot: withExceptions(),
    exceptions: twoKeys,
    again: { kind: 'source', check: { kind: 'stopped' } },
  },
  'again-source': {
    snapshot: withExceptions(),
    exceptions: twoKeys,
    again: { kind: 'source', check: { kind: 'blocked', findings: [...badFindings] } },
  },
  'again-live': {
    snapshot: withExceptions(),
    exceptions: twoKeys,
    again: { kind: 'refused', problem: { code: 'migration-live', migrationId: id(97) } },
  },
  failed: {
    snapshot: snapshot({ current: ended({ state: 'failed', progress: partProgress, failure: archivedFailure }) }),
    log,
  },
  'failed-kept': {
    snapshot: snapshot({
      current: ended({
        state: 'failed',
        options: { existing: 'never-overwrite' },
        failure: { code: 'objects-missing', side: 'worker', message: 'none of 3 objects made it', exitCode: 0 },
        verification: verification(nothingCopied, { 'kept-different': 3 }),
        report: { ...report, rows: 3 },
      }),
    }),
    exceptions: listed(keptExceptions),
  },
  'failed-archived': {
    snapshot: snapshot({
      current: ended({
        state: 'failed',
        failure: archivedFailure,
        verification: verification({ ...nothingCopied, markersNotHeld: 2 }, { archived: 1 }),
        report: { ...report, rows: 3 },
      }),
    }),
    exceptions: listed(twoExceptions.slice(0, 1)),
  },
  cancelled: { snapshot: snapshot({ current: ended({ state: 'cancelled', progress: partProgress }) }), log },
}
