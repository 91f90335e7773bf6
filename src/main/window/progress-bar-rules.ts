import { isTerminal } from '#shared/domain/migration-state.ts'
import { progressFraction } from '#shared/domain/progress-model.ts'
import type { AppSnapshot } from '#shared/ipc/snapshot.ts'

/** B13: the bar on dock or taskbar; null for none. */
export function windowProgress({ current }: Pick<AppSnapshot, 'current'>): number | 'indeterminate' | null {
  if (current === null || isTerminal(current.migration.state)) return null
  return progressFraction(current.migration.progress) ?? 'indeterminate'
}
