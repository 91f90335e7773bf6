import type { MigrationView } from '#shared/contract/schemas.ts'
import { assertNever } from '#shared/domain/assert-never.ts'
import { type MigrationProgress, progressPercent } from '#shared/domain/progress-model.ts'
import type { CurrentMigration } from '#shared/ipc/snapshot.ts'
import { formatBytes, formatBytesOfTotal, formatCount, formatFiles } from '#shared/domain/amounts.ts'

export const outcomePhases = ['completed', 'completed-with-exceptions', 'failed', 'cancelled'] as const
export type OutcomePhase = (typeof outcomePhases)[number]

export type LivePhase =
  | 'waiting-for-worker'
  | 'secret-needed'
  | 'handing-over'
  | 'sizing'
  | 'copying'
  /** One end does not answer; the worker tries again by itself. */
  | 'waiting-for-source'
  | 'waiting-for-destination'
  | 'paused'
  | 'verifying'
  | 'cancelling'

/** What the shown migration is doing, in the terms of the screen; each has its words in copy/migration.ts. */
export type MigrationPhase = LivePhase | OutcomePhase

export function isLivePhase(phase: MigrationPhase): phase is LivePhase {
  return !(outcomePhases as readonly MigrationPhase[]).includes(phase)
}

export function migrationPhase({ migration, handover, isCancelRequested }: CurrentMigration): MigrationPhase {
  const { state, waiting } = migration
  switch (state) {
    case 'completed':
    case 'completed-with-exceptions':
    case 'failed':
    case 'cancelled':
      return state
    case 'queued':
      return isCancelRequested ? 'cancelling' : 'waiting-for-worker'
    case 'awaiting-credentials':
      if (isCancelRequested) return 'cancelling'
      return handover === 'secret-needed' ? 'secret-needed' : 'handing-over'
    case 'running':
    case 'verifying':
      if (isCancelRequested) return 'cancelling'
      if (waiting !== null) return `waiting-for-${waiting.side}`
      if (state === 'verifying') return state
      return progressPercent(migration.progress) === null ? 'sizing' : 'copying'
    case 'paused':
    case 'cancelling':
      return isCancelRequested ? 'cancelling' : state
    default:
      return assertNever(state)
  }
}

/** As a list of migrations knows it: which of them this app holds a secret for is not its concern. */
export function listedPhase(migration: MigrationView): MigrationPhase {
  return migrationPhase({ migration, handover: 'not-needed', handoverProblem: null, isCancelRequested: false, isEndMissed: false })
}

/** `1.21 of 3.40 TB · 12,430 of 51,002 files`; without totals `1.21 GB · 430 files so far`; before any `null`. */
export function progressNumbers(progress: MigrationProgress): string | null {
  const { copiedBytes, copiedObjects, totalBytes, totalObjects } = progress
  if (totalBytes !== null && totalObjects !== null) {
    const files = `${formatCount(copiedObjects)} of ${formatFiles(totalObjects)}`
    return `${formatBytesOfTotal(copiedBytes, totalBytes)} · ${files}`
  }
  if (copiedObjects === 0 && copiedBytes === 0) return null
  return `${formatBytes(copiedBytes)} · ${formatFiles(copiedObjects)} so far`
}

/**
 * Milliseconds of copying, or null before it began. An ended migration stands still; `nowMs` is this
 * machine's clock, which may be behind the server's, hence never below 0.
 */
export function elapsedMs(migration: Pick<MigrationView, 'startedAt' | 'finishedAt'>, nowMs: number): number | null {
  if (migration.startedAt === null) return null
  const endMs = migration.finishedAt === null ? nowMs : Date.parse(migration.finishedAt)
  return Math.max(0, endMs - Date.parse(migration.startedAt))
}

/** The percent beside "Current" in the rail: only while there is one to tell. */
export function livePercent(current: CurrentMigration): number | null {
  return isLivePhase(migrationPhase(current)) ? progressPercent(current.migration.progress) : null
}

/** `acme-storage/photos/`: where files land, as a person would write it. */
export function placeText(bucket: string, folder: string): string {
  return `${bucket}/${folder}`
}
