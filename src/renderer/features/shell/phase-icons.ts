import type { MigrationPhase } from '../../presenters/migration-presenter.ts'
import type { IconName } from '../../ui/icons.tsx'

/** A migration's state as a picture, in the rail and in lists; its word always stands beside it. */
export const phaseIcons: Readonly<Record<MigrationPhase, IconName>> = {
  'waiting-for-worker': 'transfer',
  'secret-needed': 'key',
  'handing-over': 'transfer',
  sizing: 'transfer',
  copying: 'transfer',
  'waiting-for-source': 'clock',
  'waiting-for-destination': 'clock',
  paused: 'transfer',
  verifying: 'transfer',
  cancelling: 'transfer',
  completed: 'checkCircle',
  'completed-with-exceptions': 'warning',
  failed: 'crossCircle',
  cancelled: 'stopCircle',
}
