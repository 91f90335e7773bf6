import type { EndpointGuard } from '../../endpoint-guard/endpoint-guard.ts'
import { startEgressProxy } from '../egress/egress-proxy.ts'
import type { SocksTarget } from '../egress/socks-handshake.ts'
import { copyCommand, type CopyPlan } from './copy-command-rules.ts'
import { type CopyAttemptEnd, type OnStalled, runCopyAttempt } from './copy-attempt.ts'
import { type CopyTally, createCopyTally } from './copy-tally.ts'
import { createLogRedactor, type Redact } from './log-redactor.ts'
import { type CopyFailure, endsWholeCopy, withoutNoise } from './rclone-failure-rules.ts'
import { parseRcloneLogLine, type RcloneLogEntry } from './rclone-log-parser.ts'
import { type RcloneProcess, startRcloneProcess } from './rclone-process.ts'
import { transferProfile } from './transfer-profile.ts'

export interface CopyJobOptions extends CopyPlan {
  readonly rclonePath: string
  /** Decides where the source may lead rclone: by its name's addresses, and by redirects. */
  readonly sourceGuard: Pick<EndpointGuard, 'resolve'>
  /** Payload bytes per second of the whole job; null for no cap. */
  readonly capBytesPerSecond: number | null
  /** About once a second while copying, and once at the end. */
  readonly onProgress: (progress: CopyProgress) => void
  /** Every line of rclone's log, redacted, and the failure that it tells of, if it does. */
  readonly onLog: (entry: RcloneLogEntry, failure: CopyFailure | null) => void
  /** Nothing may move for so long before `onStalled` is asked, again and again: a failure ends the copy in good order. */
  readonly stallAfterMs: number
  readonly onStalled: OnStalled
}

export interface CopyProgress {
  /** Never decreases. Counts parts of objects in flight, too. */
  readonly copiedBytes: number
  readonly copiedObjects: number
  /** Over the last seconds. */
  readonly bytesPerSecond: number
  /** Objects found in the destination already, equal in size and MD5. */
  readonly checkedObjects: number
}

export interface CopyTotals {
  /** Whole objects only, as rclone's log names them one by one. */
  readonly copiedObjects: number
  readonly copiedBytes: number
  readonly checkedObjects: number
}

export type CopyOutcome =
  | ({ readonly kind: 'succeeded' } & CopyTotals)
  | ({ readonly kind: 'cancelled' } & CopyTotals)
  | ({
      readonly kind: 'failed'
      /** The one to tell, of all. */
      readonly failure: CopyFailure
      /** False when only single objects failed, and all others were copied. */
      readonly isWhole: boolean
      /** Single objects that failed; of a copy that ended early not all of them. */
      readonly failedObjects: number
      /** Whether another run may help. */
      readonly mayPass: boolean
    } & CopyTotals)

export interface CopyJob {
  /** Resolves when rclone is gone, whatever happened. */
  readonly finished: Promise<CopyOutcome>
  /** Stops within about two seconds; what was copied stays, open multipart uploads are aborted. */
  cancel(): Promise<void>
  /**
   * Ends rclone this instant, its unfinished uploads left open: for a job that another worker may have begun
   * to copy. A cancel that is under way is overtaken.
   */
  abandon(): Promise<void>
  /** False when the copy has ended or rclone did not take it. */
  setCap(bytesPerSecond: number | null): Promise<boolean>
}

/** Copies a bucket, a folder or an object by one run of an rclone of its own, and ends that rclone. */
export function startCopyJob(options: CopyJobOptions): CopyJob {
  const cancelling = new AbortController()
  let cap = options.capBytesPerSecond
  let running: RcloneProcess | null = null
  const finished = runCopy(options, cancelling.signal, async (process) => {
    running = process
    // The cap may have changed while rclone was starting.
    if (cap !== options.capBytesPerSecond) await process.rc.setCap(cap)
  }).finally(() => (running = null))
  return {
    finished,
    async cancel() {
      cancelling.abort()
      await finished
    },
    async abandon() {
      // An rclone that is still starting has been told nothing yet, and will not be.
      cancelling.abort()
      await running?.kill()
      await finished
    },
    async setCap(bytesPerSecond) {
      cap = bytesPerSecond
      return running !== null && (await running.rc.setCap(bytesPerSecond)).ok
    },
  }
}

type OnStarted = (process: RcloneProcess) => Promise<void>

async function runCopy(options: CopyJobOptions, cancelled: AbortSignal, onStarted: OnStarted): Promise<CopyOutcome> {
  const doomed = new AbortController()
  const refusals: CopyFailure[] = []
  const egress = await startEgressProxy({
    guard: options.sourceGuard,
    onRefused: (target) => {
      if (refusals.length === 0) refusals.push(refusedFailure(target))
      doomed.abort()
    },
  })
  try {
    const outcome = await runRclone({ ...options, egressUrl: egress.url }, { cancelled, doomed }, onStarted)
    const [refusal] = refusals
    return outcome.kind === 'failed' && refusal !== undefined
      ? { ...outcome, failure: refusal, isWhole: true, mayPass: false }
      : outcome
  } finally {
    await egress.close()
  }
}

async function runRclone(
  options: CopyJobOptions & { readonly egressUrl: string },
  { cancelled, doomed }: { readonly cancelled: AbortSignal; readonly doomed: AbortController },
  onStarted: OnStarted,
): Promise<CopyOutcome> {
  const redact = createLogRedactor([
    options.source.credentials.secretAccessKey,
    options.destination.credentials.secretAccessKey,
  ])
  const tally = createCopyTally({
    sourceEndpoint: options.source.location.endpoint,
    destinationEndpoint: options.destination.location.endpoint,
  })
  const started = await startRcloneProcess({
    rclonePath: options.rclonePath,
    egressUrl: options.egressUrl,
    capBytesPerSecond: options.capBytesPerSecond,
    maxBufferBytes: transferProfile.maxBufferBytes,
    onLogLine: (line) => {
      const entry = readLogLine(line, redact)
      if (entry === null) return
      const failure = tally.take(entry)
      if (failure !== null && endsWholeCopy(failure)) doomed.abort()
      options.onLog(entry, failure)
    },
  })
  if (!started.ok) {
    const failure = workerFailure(redact(started.error.message))
    return { kind: 'failed', failure, isWhole: true, failedObjects: 0, mayPass: true, ...totals(tally, 0) }
  }

  let end: CopyAttemptEnd
  let checkedObjects: number
  try {
    await onStarted(started.value)
    ;({ end, checkedObjects } = await runCopyAttempt({
      process: started.value,
      command: copyCommand(options),
      tally,
      cancelled,
      doomed: doomed.signal,
      onProgress: neverDecreasing(options.onProgress),
      stallAfterMs: options.stallAfterMs,
      onStalled: options.onStalled,
    }))
  } finally {
    // Before the outcome is told: the last lines of the log arrive with the end of the process.
    await started.value.stop()
  }
  return toOutcome(end, tally, checkedObjects, redact)
}

/** An object that failed half-way counts until its attempt is over: the person must not see bytes vanish. */
function neverDecreasing(onProgress: CopyJobOptions['onProgress']): CopyJobOptions['onProgress'] {
  let shownBytes = 0
  return (progress) => {
    shownBytes = Math.max(shownBytes, progress.copiedBytes)
    onProgress({ ...progress, copiedBytes: shownBytes })
  }
}

function readLogLine(line: string, redact: Redact): RcloneLogEntry | null {
  const entry = parseRcloneLogLine(line, new Date().toISOString())
  return entry === null ? null : { ...entry, message: redact(withoutNoise(entry.message)) }
}

function toOutcome(end: CopyAttemptEnd, tally: CopyTally, checkedObjects: number, redact: Redact): CopyOutcome {
  const all = totals(tally, checkedObjects)
  const failedOutcome = (
    failure: CopyFailure,
    { isWhole, mayPass }: { readonly isWhole: boolean; readonly mayPass: boolean },
  ): CopyOutcome => ({
    kind: 'failed',
    failure: { ...failure, message: redact(failure.message) },
    isWhole,
    failedObjects: tally.failedObjects,
    mayPass,
    ...all,
  })
  switch (end.kind) {
    case 'cancelled':
      return { kind: 'cancelled', ...all }
    case 'done':
      return { kind: 'succeeded', ...all }
    case 'gave-up':
      return failedOutcome(end.failure, { isWhole: true, mayPass: !end.failure.permanent })
    case 'errors':
      return tally.worst === null
        ? failedOutcome(end.failure, { isWhole: true, mayPass: !end.failure.permanent })
        : failedOutcome(tally.worst, tally)
  }
}

function totals(tally: CopyTally, checkedObjects: number): CopyTotals {
  const { copiedObjects, copiedBytes } = tally
  return { copiedObjects, copiedBytes, checkedObjects }
}

function workerFailure(message: string): CopyFailure {
  return { code: 'copy-failed', side: 'worker', permanent: false, exitCode: 1, message }
}

function refusedFailure({ host, port }: SocksTarget): CopyFailure {
  const message = `the source led to ${host}:${String(port)}, which is not a public address: refused`
  return { code: 'unreachable', side: 'source', permanent: true, exitCode: 1, message }
}
