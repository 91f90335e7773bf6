/**
 * The states of a migration and the only moves between them. Shared by the API, the worker and the
 * app; the database holds the state, this table says which change is allowed.
 */
export const migrationStates = [
  'queued',
  'awaiting-credentials',
  'running',
  'paused',
  'verifying',
  'cancelling',
  'completed',
  /** Ended and safely across but for some objects, each of which is accounted for with a reason (B3). */
  'completed-with-exceptions',
  'failed',
  'cancelled',
] as const
export type MigrationState = (typeof migrationStates)[number]

export const migrationEvents = [
  /** A worker holds the lease and published a one-time public key. */
  'claimed',
  /** The lease of a dead worker expired and another worker took over; it needs the secret again. */
  'reclaimed',
  'credentials-received',
  'paused',
  'resumed',
  'copied',
  /** The comparison found objects that are missing or were changed meanwhile. */
  'copy-again',
  'verified',
  /** As `verified`, but some objects are not, or not the same, at the destination. */
  'verified-with-exceptions',
  'failed',
  'cancel-requested',
  /** The worker stopped (or is gone) after a cancel request. */
  'stopped',
] as const
export type MigrationEvent = (typeof migrationEvents)[number]

const transitions: Readonly<Record<MigrationState, Partial<Record<MigrationEvent, MigrationState>>>> = {
  queued: { claimed: 'awaiting-credentials', failed: 'failed', 'cancel-requested': 'cancelled' },
  'awaiting-credentials': {
    'credentials-received': 'running',
    reclaimed: 'awaiting-credentials',
    failed: 'failed',
    'cancel-requested': 'cancelling',
  },
  running: {
    paused: 'paused',
    copied: 'verifying',
    reclaimed: 'awaiting-credentials',
    failed: 'failed',
    'cancel-requested': 'cancelling',
  },
  paused: {
    resumed: 'running',
    reclaimed: 'awaiting-credentials',
    failed: 'failed',
    'cancel-requested': 'cancelling',
  },
  verifying: {
    verified: 'completed',
    'verified-with-exceptions': 'completed-with-exceptions',
    'copy-again': 'running',
    reclaimed: 'awaiting-credentials',
    failed: 'failed',
    'cancel-requested': 'cancelling',
  },
  cancelling: { stopped: 'cancelled' },
  completed: {},
  'completed-with-exceptions': {},
  failed: {},
  cancelled: {},
}

/** The state after `event`, or null when the table forbids it. */
export function nextMigrationState(state: MigrationState, event: MigrationEvent): MigrationState | null {
  return transitions[state][event] ?? null
}

/** The states from which `event` is allowed: the `WHERE state = ANY(…)` of its SQL update. */
export function statesAllowing(event: MigrationEvent): readonly MigrationState[] {
  return migrationStates.filter((state) => transitions[state][event] !== undefined)
}

export function isTerminal(state: MigrationState): boolean {
  return Object.keys(transitions[state]).length === 0
}

/** States that count against "one live migration per account" (S7). */
export const liveMigrationStates: readonly MigrationState[] = migrationStates.filter((state) => !isTerminal(state))
