import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  afterAttempt,
  afterProbe,
  type AttemptEnd,
  attemptPolicy,
  type AttemptsState,
  type NextStep,
  noAttempts,
} from '../../../../../server/worker/attempts/attempts-rules.ts'
import type { CopyFailure } from '../../../../../server/worker/rclone/rclone-failure-rules.ts'

const { firstPauseMs, longestPauseMs, maxAttempts, maxFruitlessAttempts, patienceMs, retryPauseMs } = attemptPolicy
const unreachable: CopyFailure = { code: 'unreachable', side: 'source', permanent: false, exitCode: 1, message: 'gone' }
const revoked: CopyFailure = { ...unreachable, code: 'invalid-access-key', permanent: true }
const odd: CopyFailure = { ...unreachable, code: 'copy-failed', side: 'worker' }
const silent: AttemptEnd = { kind: 'silent', failure: unreachable }
const stuck: AttemptEnd = { kind: 'stuck', failure: odd }
const errors = (failure: CopyFailure, isWhole: boolean, mayPass = !failure.permanent): AttemptEnd => ({
  kind: 'errors',
  failure,
  mayPass,
  ...(isWhole ? { isWhole } : { isWhole, failedObjects: 1 }),
})
const leaving = (failedObjects: number): AttemptEnd => ({
  kind: 'errors',
  failure: odd,
  mayPass: true,
  isWhole: false,
  failedObjects,
})

/** Plays a story: attempts, and probes wherever the rules ask for one. Time passes as the rules say. */
function play(
  story: Iterator<{ readonly end: AttemptEnd; readonly hasMoved: boolean }>,
  probes: Iterator<CopyFailure | null>,
) {
  const steps: NextStep[] = []
  let state: AttemptsState = noAttempts
  let atMs = 1_000_000
  for (;;) {
    const attempt = story.next()
    if (attempt.done === true) return { steps, state, atMs }
    let decision = afterAttempt(state, { ...attempt.value, atMs })
    steps.push(decision.step)
    while (decision.step.kind === 'probe') {
      atMs += decision.step.afterMs
      const probe = probes.next()
      decision = afterProbe(decision.state, { failure: probe.done === true ? null : probe.value, atMs })
      steps.push(decision.step)
    }
    state = decision.state
    if (decision.step.kind !== 'attempt') return { steps, state, atMs }
  }
}
const always = function* <T>(value: T): Generator<T> {
  for (;;) yield value
}
const fruitless = (end: AttemptEnd) => ({ end, hasMoved: false })
const isSilence = (step: NextStep): boolean => step.kind === 'probe' && step.isSilent
const silences = (steps: readonly NextStep[]): readonly number[] =>
  steps.filter(isSilence).map((step) => (step.kind === 'probe' ? step.afterMs : 0))

describe('attempts', () => {
  it('B8: a passing trouble is worth three attempts, with short pauses', () => {
    const { steps, state } = play(always(fruitless(errors(odd, true))), always(null))
    expect(state.attempts).toBe(maxFruitlessAttempts)
    const pauses = steps.filter((step) => step.kind === 'probe').map((step) => step.afterMs)
    expect(pauses).toEqual([retryPauseMs, 2 * retryPauseMs])
    expect(steps.at(-1)).toEqual({ kind: 'failed', failure: odd })
  })

  it('B8: objects that keep failing alone do not make the copy fail', () => {
    const { steps, state } = play(always(fruitless(errors(odd, false))), always(null))
    expect(state.attempts).toBe(maxFruitlessAttempts)
    expect(steps.at(-1)).toEqual({ kind: 'copied' })
  })

  it('B8: an attempt that brought an object over starts the count again', () => {
    const story = [true, false, true, false, false].map((hasMoved) => ({ end: errors(odd, true), hasMoved }))
    const { steps, state } = play(story.values(), always(null))
    expect(state.attempts).toBe(5)
    expect(steps.at(-1)).toEqual({ kind: 'failed', failure: odd })
  })

  it('B8: an object that always fails is tried three times, however many others keep arriving', () => {
    const { steps, state } = play(always({ end: leaving(1), hasMoved: true }), always(null))
    expect(state.attempts).toBe(maxFruitlessAttempts)
    expect(steps.at(-1)).toEqual({ kind: 'copied' })
  })

  it('B8: as long as fewer objects fail each time it goes on; an outage in between forgets nothing', () => {
    const ends = [leaving(9), leaving(9), leaving(5), silent, leaving(4), leaving(7), leaving(4), leaving(1)]
    const { steps, state } = play(ends.map((end) => ({ end, hasMoved: true })).values(), always(null))
    expect(state.attempts).toBe(7)
    expect(steps.at(-1)).toEqual({ kind: 'copied' })
  })

  it('S17: what no attempt can help is not tried again', () => {
    const stepsOf = (end: AttemptEnd) => play(always(fruitless(end)), always(null)).steps
    expect(stepsOf(errors(revoked, true))).toEqual([{ kind: 'failed', failure: revoked }])
    expect(stepsOf(errors(odd, false, false))).toEqual([{ kind: 'copied' }])
  })

  it('B8: rclone that stands still for long is started anew once', () => {
    const { steps } = play(always(fruitless(stuck)), always(null))
    expect(steps).toEqual([{ kind: 'attempt' }, { kind: 'failed', failure: odd }])
  })
})

describe('waiting', () => {
  it('S18: asks a silent end after 5, 10, 20, 40 and then every 60 seconds, for six hours', () => {
    const { steps, atMs } = play(always(fruitless(silent)), always(unreachable))
    expect(silences(steps).slice(0, 6)).toEqual([5_000, 10_000, 20_000, 40_000, 60_000, 60_000])
    expect(steps.at(-1)).toEqual({ kind: 'failed', failure: unreachable })
    expect(atMs - 1_000_000).toBeGreaterThanOrEqual(patienceMs)
    expect(atMs - 1_000_000).toBeLessThanOrEqual(patienceMs + longestPauseMs)
  })

  it('S18: a probe that is refused for good ends it with that row', () => {
    const { steps } = play(always(fruitless(silent)), [unreachable, revoked].values())
    expect(steps.at(-1)).toEqual({ kind: 'failed', failure: revoked })
    expect(steps).toHaveLength(3)
  })

  it('S18: an outage does not use up the attempts, and its end allows the next one', () => {
    const outages = Array.from({ length: 10 }, () => fruitless(silent))
    const done = { end: { kind: 'done' }, hasMoved: true } as const
    const { steps, state } = play([...outages, done].values(), always(null))
    expect(steps.at(-1)).toEqual({ kind: 'copied' })
    expect(state.attempts).toBe(11)
  })

  it('S18: an end that throttles objects is left in peace before the next attempt', () => {
    const throttled = { ...unreachable, code: 'throttled' } as const
    const { steps } = play(always(fruitless(errors(throttled, false))), always(null))
    expect(silences(steps)).toEqual([firstPauseMs, 2 * firstPauseMs])
    expect(steps.at(-1)).toEqual({ kind: 'copied' })
  })
})

describe('whatever happens', () => {
  const failure = fc.constantFrom(unreachable, revoked, odd, { ...unreachable, code: 'throttled' } as const)
  const end: fc.Arbitrary<AttemptEnd> = fc.oneof(
    fc.record({
      kind: fc.constant('errors' as const),
      failure,
      isWhole: fc.constant(true as const),
      mayPass: fc.boolean(),
    }),
    fc.record({
      kind: fc.constant('errors' as const),
      failure,
      isWhole: fc.constant(false as const),
      failedObjects: fc.integer({ min: 1, max: 9 }),
      mayPass: fc.boolean(),
    }),
    fc.record({ kind: fc.constantFrom('silent' as const, 'stuck' as const), failure }),
  )
  const attempts = fc.infiniteStream(fc.record({ end, hasMoved: fc.boolean() }))
  const probes = fc.infiniteStream(fc.option(failure))

  it('B8: it ends, within all attempts, and never with more than three of them in vain', () => {
    fc.assert(
      fc.property(attempts, probes, (story, answers) => {
        const told: { readonly end: AttemptEnd; readonly hasMoved: boolean }[] = []
        const recorded = (function* () {
          for (const attempt of story) {
            told.push(attempt)
            yield attempt
          }
        })()
        const { steps, state } = play(recorded, answers)
        expect(['copied', 'failed']).toContain(steps.at(-1)?.kind)
        expect(state.attempts).toBe(told.length)
        expect(told.length).toBeLessThanOrEqual(maxAttempts)
        let [inVain, fewest] = [0, Infinity]
        for (const { end, hasMoved } of told) {
          const failed = end.kind === 'errors' && !end.isWhole ? end.failedObjects : 0
          inVain = (hasMoved && failed < fewest ? 0 : inVain) + (end.kind === 'errors' ? 1 : 0)
          if (failed > 0) fewest = Math.min(fewest, failed)
          expect(inVain).toBeLessThanOrEqual(maxFruitlessAttempts)
        }
      }),
    )
  })

  it('S18: what is permanent ends it, and nothing else follows', () => {
    fc.assert(
      fc.property(attempts, probes, (story, answers) => {
        const { steps } = play(story, answers)
        for (const step of steps) {
          if (step.kind === 'probe' && step.isSilent) expect(step.failure.permanent).toBe(false)
        }
      }),
    )
  })

  it('S18: pauses are bounded, and grow until an object arrives', () => {
    fc.assert(
      fc.property(attempts, probes, (story, answers) => {
        const still = (function* () {
          for (const attempt of story) yield { ...attempt, hasMoved: false }
        })()
        const pauses = silences(play(still, answers).steps)
        expect(pauses).toEqual(pauses.toSorted((a, b) => a - b))
        for (const pause of pauses) expect(pause >= firstPauseMs && pause <= longestPauseMs).toBe(true)
      }),
    )
  })

  it('B8: the total is bounded even when every attempt brings something', () => {
    const { state } = play(always({ end: silent, hasMoved: true }), always(null))
    expect(state.attempts).toBe(maxAttempts)
  })
})
