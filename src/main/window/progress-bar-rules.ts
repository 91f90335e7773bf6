import { isTerminal } from '#shared/domain/migration-state.ts'
import { progressFraction } from '#shared/domain/progress-model.ts'
import type { AppSnapshot } from '#shared/ipc/snapshot.ts'

/** `fraction` 0..1, null where there is no total. `error`: until the person has come to look. */
export interface WindowProgress {
  readonly mode: 'normal' | 'paused' | 'error'
  readonly fraction: number | null
}

/** B13: the bar on dock or taskbar; null for none. It moves only while what it shows is known to move. */
export function windowProgress({
  current,
  connectionProblem,
}: Pick<AppSnapshot, 'current' | 'connectionProblem'>): WindowProgress | null {
  if (current === null) return null
  const { migration, handover } = current
  if (migration.state === 'failed') return { mode: 'error', fraction: 1 }
  if (isTerminal(migration.state)) return null
  const isHalted = handover === 'secret-needed' || migration.waiting !== null || migration.state === 'paused'
  const isPaused = isHalted || connectionProblem !== null
  return { mode: isPaused ? 'paused' : 'normal', fraction: progressFraction(migration.progress) }
}
