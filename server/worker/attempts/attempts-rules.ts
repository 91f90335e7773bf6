import { assertNever } from '#shared/domain/assert-never.ts'
import type { CopyFailure } from '../rclone/rclone-failure-rules.ts'

const SECOND_MS = 1_000
const MINUTE_MS = 60 * SECOND_MS

/** When to try again, when to wait, when to give up. */
export const attemptPolicy = {
  /** Nothing moves for so long: are both ends there? */
  stallAfterMs: MINUTE_MS,
  /** A probe without an answer counts as none. Connecting alone may take ten seconds. */
  probeTimeoutMs: 20 * SECOND_MS,
  /**
   * Both ends answer, and yet nothing at all happens for so long: rclone is started anew, once. A store may take
   * minutes to put the parts of a huge object together.
   */
  stuckAfterMs: 10 * MINUTE_MS,
  /** Before another attempt when the trouble was not that an end is silent. */
  retryPauseMs: SECOND_MS,
  /** Pauses between probes of a silent end double from the first to the longest. */
  firstPauseMs: 5 * SECOND_MS,
  longestPauseMs: MINUTE_MS,
  /**
   * How long an end may be silent. Providers' incidents and maintenance nights rarely take longer; beyond it a
   * person should know, rather than a worker keep the place and their secret.
   */
  patienceMs: 6 * 60 * MINUTE_MS,
  /** Attempts that ran to their end, one after the other, and left as much undone: see `hasAdvanced`. */
  maxFruitlessAttempts: 3,
  /**
   * All attempts together. A week of 100 TB with a hiccup every hour needs 170. Each lists both sides anew: 200
   * times a million objects are 400,000 requests, about two dollars.
   */
  maxAttempts: 200,
} as const
export type AttemptPolicy = { readonly [Setting in keyof typeof attemptPolicy]: number }

/** How one run of rclone ended. */
export type AttemptEnd =
  | { readonly kind: 'done' }
  /** Everything was tried, and something failed. `mayPass`: another attempt may help. */
  | ({ readonly kind: 'errors'; readonly failure: CopyFailure; readonly mayPass: boolean } & ErrorsExtent)
  /** Ended by us: nothing moved, and an end did not answer. */
  | { readonly kind: 'silent'; readonly failure: CopyFailure }
  /** Ended by us: nothing moved for long, though both ends answer. */
  | { readonly kind: 'stuck'; readonly failure: CopyFailure }

/** What failed: the copy, or so many single objects. */
export type ErrorsExtent =
  | { readonly isWhole: true }
  | { readonly isWhole: false; readonly failedObjects: number }

export interface AttemptsState {
  readonly attempts: number
  /** The fewest objects that an attempt has left undone; null while none has ended with that. */
  readonly fewestFailed: number | null
  /** Since an attempt has advanced. */
  readonly fruitlessAttempts: number
  /** This and the next two count since an object arrived. */
  readonly stuckAttempts: number
  readonly pauses: number
  /** Since when an end is silent, Unix milliseconds. */
  readonly silentSinceMs: number | null
}

export type NextStep =
  /** `done`, or only single objects failed. */
  | { readonly kind: 'copied' }
  | { readonly kind: 'failed'; readonly failure: CopyFailure }
  | { readonly kind: 'attempt' }
  /** After a pause, ask the end that failed. `isSilent`: it is what everything waits for. */
  | { readonly kind: 'probe'; readonly afterMs: number; readonly failure: CopyFailure; readonly isSilent: boolean }

export interface Decision {
  readonly state: AttemptsState
  readonly step: NextStep
}

const untroubled = { fruitlessAttempts: 0, stuckAttempts: 0, pauses: 0, silentSinceMs: null } as const
export const noAttempts: AttemptsState = { attempts: 0, fewestFailed: null, ...untroubled }

/**
 * What follows an attempt. `hasMoved`: whole objects arrived in it. Bytes of begun ones do not count: they are lost
 * with the attempt, and an object that always breaks half-way would be copied for ever.
 */
export function afterAttempt(
  before: AttemptsState,
  attempt: { readonly end: AttemptEnd; readonly hasMoved: boolean; readonly atMs: number },
  policy: AttemptPolicy = attemptPolicy,
): Decision {
  const { end, atMs } = attempt
  const state = {
    ...before,
    ...(attempt.hasMoved ? untroubled : {}),
    ...(hasAdvanced(before, attempt) ? {} : { fruitlessAttempts: before.fruitlessAttempts }),
    attempts: before.attempts + 1,
    fewestFailed: fewestFailed(before, end),
  }
  const isLast = state.attempts >= policy.maxAttempts
  switch (end.kind) {
    case 'done':
      return { state, step: { kind: 'copied' } }
    case 'errors':
      return afterErrors({ ...state, fruitlessAttempts: state.fruitlessAttempts + 1 }, end, atMs, policy)
    case 'silent':
      return isLast ? { state, step: { kind: 'failed', failure: end.failure } } : wait(state, end.failure, atMs, policy)
    case 'stuck': {
      const isAgain = state.stuckAttempts > 0
      return {
        state: { ...state, stuckAttempts: state.stuckAttempts + 1 },
        step: isAgain || isLast ? { kind: 'failed', failure: end.failure } : { kind: 'attempt' },
      }
    }
    default:
      return assertNever(end)
  }
}

/** An object that always fails must not be tried for as long as new ones keep arriving at the source. */
function hasAdvanced(
  before: AttemptsState,
  { end, hasMoved }: { readonly end: AttemptEnd; readonly hasMoved: boolean },
): boolean {
  if (!hasMoved || end.kind !== 'errors' || end.isWhole || before.fewestFailed === null) return hasMoved
  return end.failedObjects < before.fewestFailed
}

function fewestFailed({ fewestFailed: before }: AttemptsState, end: AttemptEnd): number | null {
  if (end.kind !== 'errors' || end.isWhole) return before
  return Math.min(before ?? Infinity, end.failedObjects)
}

/** What follows a probe; `failure` is null when the end answers. Answers alone do not make the pauses short again. */
export function afterProbe(
  state: AttemptsState,
  { failure, atMs }: { readonly failure: CopyFailure | null; readonly atMs: number },
  policy: AttemptPolicy = attemptPolicy,
): Decision {
  return failure === null
    ? { state: { ...state, silentSinceMs: null }, step: { kind: 'attempt' } }
    : wait(state, failure, atMs, policy)
}

function afterErrors(
  state: AttemptsState,
  { failure, isWhole, mayPass }: Extract<AttemptEnd, { kind: 'errors' }>,
  atMs: number,
  policy: AttemptPolicy,
): Decision {
  const isLast = state.fruitlessAttempts >= policy.maxFruitlessAttempts || state.attempts >= policy.maxAttempts
  if (!mayPass || isLast) return { state, step: isWhole ? { kind: 'failed', failure } : { kind: 'copied' } }
  if (isSilence(failure)) return wait(state, failure, atMs, policy)
  const afterMs = policy.retryPauseMs * state.fruitlessAttempts
  return { state, step: { kind: 'probe', afterMs, failure, isSilent: false } }
}

function wait(before: AttemptsState, failure: CopyFailure, atMs: number, policy: AttemptPolicy): Decision {
  const silentSinceMs = before.silentSinceMs ?? atMs
  const state = { ...before, silentSinceMs, pauses: before.pauses + 1 }
  const isOver = failure.permanent || atMs - silentSinceMs >= policy.patienceMs
  if (isOver) return { state, step: { kind: 'failed', failure } }
  const afterMs = Math.min(policy.firstPauseMs * 2 ** before.pauses, policy.longestPauseMs)
  return { state, step: { kind: 'probe', afterMs, failure, isSilent: true } }
}

function isSilence({ code, side }: CopyFailure): boolean {
  return (code === 'unreachable' || code === 'throttled') && side !== 'worker'
}
