import type { MigrationView } from '#shared/contract/schemas.ts'
import type { RequestAnswer } from '#shared/ipc/channels.ts'
import type { Scene } from './bridge-double.ts'
import { id, longName, snapshot } from './fixtures.ts'
import {
  archivedFailure,
  current,
  endedMigration,
  migration,
  partProgress,
  report,
  verification,
} from './migration-fixtures.ts'

const live = migration()
const HOUR = 3_600_000
const past = (hoursAgo: number, number: number, bucket: string, patch: Partial<MigrationView>): MigrationView => {
  const createdMs = Date.now() - hoursAgo * HOUR
  return endedMigration({
    id: id(number),
    source: { ...live.source, bucket },
    createdAt: new Date(createdMs).toISOString(),
    startedAt: new Date(createdMs + 4_000).toISOString(),
    finishedAt: new Date(createdMs + 4.86 * HOUR).toISOString(),
    ...patch,
  })
}
const complete = { state: 'completed', verification: verification(), report } as const
const exceptions = {
  state: 'completed-with-exceptions',
  verification: verification(
    { copied: { objects: 51_000, bytes: 3.3998e12 }, byChecksumObjects: 51_000 },
    { archived: 2 },
  ),
  report,
} as const
const older: readonly MigrationView[] = [
  past(26, 71, 'field-recordings', exceptions),
  past(31, 72, 'harbour-archive', complete),
  past(90, 73, longName, { state: 'failed', progress: partProgress, failure: archivedFailure }),
  past(200, 74, 'drone-footage', { state: 'cancelled', progress: partProgress }),
  past(9_400, 75, '写真-バックアップ', complete),
]
const page = (
  migrations: readonly MigrationView[],
  nextCursor: string | null = null,
): RequestAnswer<'listMigrations'> => ({ ok: true, value: { migrations: [...migrations], nextCursor } })

const running = snapshot({ current: current() })
const unreachable = { ok: false, error: { code: 'api-unreachable', reference: 'ECONNREFUSED' } } as const

/** B6. Each begins with a press on `History`. */
export const historyScenes: Readonly<Record<string, Scene>> = {
  'history-empty': { snapshot: snapshot(), history: () => page([]) },
  'history-one': { snapshot: snapshot(), history: () => page(older.slice(1, 2)) },
  'history-many': { snapshot: running, history: () => page([live, ...older], 'next') },
  'history-last-page': {
    snapshot: running,
    history: (_search, cursor) => (cursor === null ? page([live, ...older.slice(0, 3)], 'next') : page(older.slice(3))),
  },
  'history-retried': { snapshot: running, history: () => page([live, ...older]), isFirstReadingLost: true },
  'history-no-match': {
    snapshot: running,
    history: (search) => (search === '' ? page([live, ...older]) : page([])),
  },
  'history-error': { snapshot: snapshot(), history: () => unreachable },
  'history-loading': { snapshot: snapshot() },
  'history-opened': { snapshot: running, history: () => page([live, ...older]) },
}
