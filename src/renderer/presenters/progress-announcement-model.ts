import type { MigrationPhase } from './migration-presenter.ts'

/** Of the percents only these are read out. */
const STEP = 10
/** A small copy would pass them faster than anyone wants to hear. */
const QUIET_MS = 20_000

/** What a screen reader was last told of the migration, and when. */
export interface ToldProgress {
  readonly phase: MigrationPhase | null
  /** Of what is copied, a multiple of ten; null while there is none to tell. */
  readonly percent: number | null
  readonly toldAtMs: number
}

export const nothingTold: ToldProgress = { phase: null, percent: null, toldAtMs: 0 }

/**
 * The next thing to tell: another phase at once; more percent each ten, and not too soon after the last word. The same
 * object while there is nothing new.
 */
export function nextToTell(
  told: ToldProgress,
  phase: MigrationPhase | null,
  percent: number | null,
  nowMs: number,
): ToldProgress {
  const reached = phase !== 'copying' || percent === null || percent < STEP ? null : Math.floor(percent / STEP) * STEP
  const isNewPhase = phase !== told.phase
  const isFurther = reached !== null && reached > (told.percent ?? 0) && nowMs - told.toldAtMs >= QUIET_MS
  return isNewPhase || isFurther ? { phase, percent: reached, toldAtMs: nowMs } : told
}
