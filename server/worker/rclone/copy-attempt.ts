import { setTimeout as delay } from 'node:timers/promises'
import type { CopyCommand } from './copy-command-rules.ts'
import type { CopyTally } from './copy-tally.ts'
import { createRateMeter } from './rate-meter-model.ts'
import { type CopyFailure, explainRcloneFailure } from './rclone-failure-rules.ts'
import type { RcloneProcess } from './rclone-process.ts'
import type { RcStats } from './rclone-rc-client.ts'

export type CopyAttemptEnd =
  | { readonly kind: 'done' }
  | { readonly kind: 'cancelled' }
  /** rclone finished with errors; `failure` is the one error its job keeps, the tally has the rest. */
  | { readonly kind: 'errors'; readonly failure: CopyFailure }
  /** Ended by us or by the loss of rclone: another attempt is not for this process. */
  | { readonly kind: 'gave-up'; readonly failure: CopyFailure }

export interface CopyAttempt {
  readonly process: RcloneProcess
  readonly command: CopyCommand
  readonly tally: CopyTally
  readonly cancelled: AbortSignal
  /** A failure was seen that every other object will meet. */
  readonly doomed: AbortSignal
  readonly onProgress: (progress: {
    readonly copiedBytes: number
    readonly copiedObjects: number
    readonly bytesPerSecond: number
    readonly checkedObjects: number
  }) => void
  readonly stallAfterMs: number
  readonly onStalled: OnStalled
}

/** `silentForMs`: rclone has not even met an error for so long. Gives the failure to end with, or null to go on. */
export type OnStalled = (stall: { readonly silentForMs: number }) => Promise<CopyFailure | null>

/** rclone keeps its statistics by group. */
const group = 'copy'
const statusPollMs = 100
const progressIntervalMs = 1_000
/** After job/stop rclone needs about 0.1 s; beyond this the process is ended, whatever it was doing. */
const stopPatienceMs = 1_000
/** Calls in a row without an answer, each up to ten seconds, before rclone counts as stuck. */
const maxSilentCalls = 6

/** Runs the command once in a started rclone, and follows it to its end. */
export async function runCopyAttempt(
  attempt: CopyAttempt,
): Promise<{ readonly end: CopyAttemptEnd; readonly checkedObjects: number }> {
  const { rc } = attempt.process
  const watch = createProgressWatch(attempt)
  const finish = async (end: CopyAttemptEnd): Promise<{ end: CopyAttemptEnd; checkedObjects: number }> => {
    await watch.report()
    return { end, checkedObjects: watch.checkedObjects() }
  }
  if (attempt.cancelled.aborted) return finish({ kind: 'cancelled' })
  const started = await rc.startJob(attempt.command.command, group, attempt.command.input)
  if (!started.ok) return finish({ kind: 'errors', failure: explainRcloneFailure({ text: started.error.message }) })
  const jobId = started.value
  const interrupted = AbortSignal.any([attempt.cancelled, attempt.doomed])
  const gone = new AbortController()
  void attempt.process.ended.then(() => gone.abort())
  // Whatever is being waited for then: a call of a process that has ended fails at once.
  interrupted.addEventListener('abort', () => endSoon(attempt.process))
  const isAborted = (signal: AbortSignal): boolean => signal.aborted

  for (let silentCalls = 0; ; ) {
    if (isAborted(interrupted)) {
      await stopAndSettle(attempt, jobId)
      // Doomed: the tally holds the reason.
      return finish(isAborted(attempt.cancelled) ? { kind: 'cancelled' } : { kind: 'errors', failure: lost('stopped') })
    }
    if (isAborted(gone.signal)) return finish({ kind: 'gave-up', failure: lost('rclone ended unexpectedly') })
    const status = await rc.jobStatus(jobId)
    if (status.ok && status.value.finished) {
      if (status.value.success) return finish({ kind: 'done' })
      if (isAborted(interrupted)) continue
      await logCatchesUp(attempt)
      return finish({ kind: 'errors', failure: explainRcloneFailure({ text: status.value.error }) })
    }
    silentCalls = status.ok ? 0 : silentCalls + 1
    if (silentCalls >= maxSilentCalls) return finish({ kind: 'gave-up', failure: lost('rclone does not answer') })
    const stall = await watch.tick()
    if (stall !== null) {
      endSoon(attempt.process)
      await stopAndSettle(attempt, jobId)
      return finish({ kind: 'gave-up', failure: stall })
    }
    await delay(statusPollMs, undefined, { signal: interrupted }).catch(() => undefined)
  }
}

function endSoon(process: RcloneProcess): void {
  setTimeout(() => void process.stop(), stopPatienceMs).unref()
}

/** Asks rclone to end the job in good order, uploads aborted; call `endSoon` as well, it bounds the time. */
async function stopAndSettle(attempt: CopyAttempt, jobId: number): Promise<void> {
  const { rc } = attempt.process
  await rc.stopJob(jobId)
  for (;;) {
    const status = await rc.jobStatus(jobId)
    if (!status.ok || status.value.finished) return
    await delay(20)
  }
}

/** The job may be known as finished before the pipe brought its last lines; rclone says how many errors to expect. */
async function logCatchesUp(attempt: CopyAttempt): Promise<void> {
  const stats = await attempt.process.rc.stats(group)
  const expected = stats.ok ? stats.value.errors : 0
  for (let turns = 0; attempt.tally.errorLines < expected && turns < 25; turns += 1) await delay(20)
}

interface ProgressWatch {
  /** Reports once a second; asks about a stall when one is due. A failure means: give up. */
  tick(): Promise<CopyFailure | null>
  report(): Promise<void>
  checkedObjects(): number
}

function createProgressWatch(attempt: CopyAttempt): ProgressWatch {
  const meter = createRateMeter()
  let nextReportAt = Date.now() + progressIntervalMs
  let askAt = Date.now() + attempt.stallAfterMs
  let lastSignAt = Date.now()
  let lastMoves = ''
  let lastErrorLines = 0
  let last: RcStats = { bytes: 0, transfers: 0, checks: 0, errors: 0, listed: 0 }

  const report = async (): Promise<void> => {
    const stats = await attempt.process.rc.stats(group)
    if (stats.ok) last = stats.value
    const { errorLines, finalErrorLines } = attempt.tally
    // An object that a store refuses for good is done with; one that failed in passing may be the stall itself.
    const moves = `${last.bytes}/${last.transfers}/${last.checks}/${last.listed}/${finalErrorLines}`
    if (moves !== lastMoves) askAt = Date.now() + attempt.stallAfterMs
    if (moves !== lastMoves || errorLines !== lastErrorLines) lastSignAt = Date.now()
    lastMoves = moves
    lastErrorLines = errorLines
    attempt.onProgress({
      copiedBytes: Math.max(last.bytes, attempt.tally.copiedBytes),
      copiedObjects: attempt.tally.copiedObjects,
      bytesPerSecond: meter.add(Date.now(), last.bytes),
      checkedObjects: last.checks,
    })
  }
  return {
    report,
    async tick() {
      if (Date.now() < nextReportAt) return null
      nextReportAt += progressIntervalMs
      await report()
      if (Date.now() < askAt) return null
      const failure = await attempt.onStalled({ silentForMs: Date.now() - lastSignAt })
      askAt = Date.now() + attempt.stallAfterMs
      return failure
    },
    checkedObjects: () => last.checks,
  }
}

function lost(message: string): CopyFailure {
  return { code: 'copy-failed', side: 'worker', permanent: false, exitCode: 1, message }
}
