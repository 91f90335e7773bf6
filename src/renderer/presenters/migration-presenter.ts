import type { MigrationView } from '#shared/contract/schemas.ts'
import { assertNever } from '#shared/domain/assert-never.ts'
import { type MigrationProgress, progressPercent } from '#shared/domain/progress-model.ts'
import type { CurrentMigration } from '#shared/ipc/snapshot.ts'
import { formatBytes, formatBytesOfTotal, formatCount, formatFiles } from '#shared/domain/amounts.ts'

/** What the shown migration is doing, in the terms of the screen; each has its words in copy/migration.ts. */
export type MigrationPhase =
  | 'waiting-for-worker'
  | 'secret-needed'
  | 'handing-over'
  | 'sizing'
  | 'copying'
  | 'paused'
  | 'verifying'
  | 'cancelling'
  | 'completed'
  | 'failed'
  | 'cancelled'

export function migrationPhase({ migration, handover, isCancelRequested }: CurrentMigration): MigrationPhase {
  const state = migration.state
  if (state === 'completed' || state === 'failed' || state === 'cancelled') return state
  if (isCancelRequested) return 'cancelling'
  switch (state) {
    case 'queued':
      return 'waiting-for-worker'
    case 'awaiting-credentials':
      return handover === 'secret-needed' ? 'secret-needed' : 'handing-over'
    case 'running':
      return progressPercent(migration.progress) === null ? 'sizing' : 'copying'
    case 'paused':
    case 'verifying':
    case 'cancelling':
      return state
    default:
      return assertNever(state)
  }
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

export type LivePhase = Exclude<MigrationPhase, 'completed' | 'failed' | 'cancelled'>

export function isLivePhase(phase: MigrationPhase): phase is LivePhase {
  return phase !== 'completed' && phase !== 'failed' && phase !== 'cancelled'
}
