import {
  type MigrationEvent,
  type MigrationState,
  migrationStates,
  nextMigrationState,
  statesAllowing,
} from '#shared/domain/migration-state.ts'
import { notificationChannels } from '../db/notifications.ts'
import type { Queries } from '../db/pool.ts'

/** The worker's hold on a row: a condition, and the values of its `$1` to `$3`. */
export interface Hold {
  readonly isMine: string
  readonly values: readonly unknown[]
}

export const LET_GO = 'worker_id = NULL, lease_expires_at = NULL, sealing_key_id = NULL, sealing_public_key = NULL'
/** What is said of the work under way is no longer so once it stops or another worker takes over. */
export const NOTHING_UNDER_WAY = `bytes_per_second = NULL, verified_objects = NULL, remaining_seconds = NULL,
  remaining_note = NULL, waiting = NULL`
/** Assignments with which every migration ends. */
export const ENDED = `finished_at = now(), ${NOTHING_UNDER_WAY}, ${LET_GO}`
// In RETURNING the notification belongs to the change: both happen at commit, or neither.
export const notify = (channel: keyof typeof notificationChannels): string =>
  `pg_notify('${notificationChannels[channel]}', json_build_object('migrationId', id)::text)`

/** The one state an event leads to, from wherever it is allowed. */
export function targetOf(event: MigrationEvent): MigrationState {
  const targets = new Set(
    migrationStates.map((state) => nextMigrationState(state, event)).filter((state) => state !== null),
  )
  const [target] = targets
  if (target === undefined || targets.size > 1) throw new Error(`${event} leads to ${targets.size} states`)
  return target
}

/** Changes of a held row: each counts as a revision and is told to whoever watches it. */
export function createRowChanges(database: Queries, hold: Hold) {
  /** `assignments` and `alongside` number their values from $4; `alongside` has the `changed` row's id. */
  async function change(
    assignments: string,
    values: readonly unknown[],
    states: readonly MigrationState[],
    { extraNotice = '', alongside = '' } = {},
  ): Promise<boolean> {
    const { rowCount } = await database.query(
      `WITH changed AS (
         UPDATE migrations SET revision = revision + 1, ${assignments}
         WHERE ${hold.isMine} AND state = ANY($${values.length + 4})
         RETURNING id, ${notify('migrationChanged')}${extraNotice})${alongside}
       SELECT FROM changed`,
      [...hold.values, ...values, states],
    )
    return rowCount === 1
  }
  const move = (
    event: MigrationEvent,
    assignments: string,
    values: readonly unknown[] = [],
    also: { readonly extraNotice?: string; readonly alongside?: string } = {},
  ): Promise<boolean> =>
    change(
      `state = $${values.length + 4}, ${assignments}`,
      [...values, targetOf(event)],
      [...statesAllowing(event), targetOf(event)],
      also,
    )
  return { change, move }
}
