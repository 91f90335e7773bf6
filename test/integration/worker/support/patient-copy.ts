import type { Waiting } from '#shared/contract/schemas.ts'
import type { ExistingPolicy } from '#shared/domain/object-outcome.ts'
import { emptyProgress } from '#shared/domain/progress-model.ts'
import type { SourceTarget } from '#shared/domain/s3-location-model.ts'
import { createEndpointGuard, resolveHost } from '../../../../server/endpoint-guard/endpoint-guard.ts'
import { type AttemptPolicy, attemptPolicy } from '../../../../server/worker/attempts/attempts-rules.ts'
import { copyPatiently, type PatientCopyEnd } from '../../../../server/worker/attempts/copy-patiently.ts'
import type { PatientCopy } from '../../../../server/worker/attempts/run-attempt.ts'
import type { CopyRun } from '../../../../server/worker/copy-run.ts'
import type { S3Side } from '../../../../server/worker/inventory/s3-connection.ts'
import { createObjectFailures, type ObjectFailures } from '../../../../server/worker/object-failures.ts'
import { createShownProgress } from '../../../../server/worker/progress/shown-progress.ts'
import type { CopyEnd } from '../../../../server/worker/rclone/copy-command-rules.ts'
import { startCopyJob } from '../../../../server/worker/rclone/rclone-copy-job.ts'
import { createRecentActivity } from '../../../../server/worker/recent-activity.ts'
import { createStopSwitch, type StopSwitch } from '../../../../server/worker/stop-switch.ts'
import { startS3Endpoint } from '../../../support/s3-endpoint.ts'
import { destinationKey, rclonePath, type RcloneScene, sourceKey } from './rclone-scene.ts'

/** The worker's own policy in a hurry. */
export const hurriedPolicy: AttemptPolicy = {
  ...attemptPolicy,
  stallAfterMs: 1_500,
  probeTimeoutMs: 1_000,
  stuckAfterMs: 3_000,
  retryPauseMs: 100,
  firstPauseMs: 200,
  longestPauseMs: 800,
  patienceMs: 60_000,
}

export interface PatientScene {
  /** All lines of the job's log so far. */
  lines(): readonly string[]
  readonly waits: (Waiting | null)[]
  /** What a person sees of copied bytes, each time it is told. */
  readonly shownBytes: number[]
  readonly failures: ObjectFailures
  readonly stopSwitch: StopSwitch
  /** Runs of rclone so far. */
  runs(): number
  copiedObjects(): number
  copy(plan?: Partial<PatientCopy>, policy?: AttemptPolicy): Promise<PatientCopyEnd>
}

export interface PatientSceneOptions {
  readonly source?: CopyEnd
  readonly destination?: CopyEnd
  readonly target?: SourceTarget
  readonly existing?: ExistingPolicy
  readonly capBytesPerSecond?: number
}

/** `copyPatiently` with real rclones and real listings, as the worker runs it. */
export function patientScene(scene: RcloneScene, options: PatientSceneOptions = {}): PatientScene {
  const { target = { kind: 'bucket' }, existing = 'replace-different', capBytesPerSecond = 1 << 30 } = options
  const sourceGuard = createEndpointGuard({ isPrivateAllowed: true, resolveHost })
  const stopSwitch = createStopSwitch()
  const failures = createObjectFailures()
  const activity = createRecentActivity({ redact: (text) => text, now: () => new Date() })
  const progress = createShownProgress(emptyProgress)
  const lines: string[] = []
  const waits: (Waiting | null)[] = []
  const shownBytes: number[] = []
  let runs = 0
  let copiedObjects = 0
  const sides = {
    source: sideOf(options.source ?? scene.sourceEnd()),
    destination: sideOf(options.destination ?? scene.destinationEnd()),
  }
  scene.cleanUpWith(async () => {
    stopSwitch.stop('worker-stopping')
    await Promise.resolve()
  })
  const run = {
    job: { source: { target }, destination: { prefix: '' }, capBytesPerSecond, existing },
    sides,
    sourceGuard,
    stopSwitch,
    failures,
    activity: {
      ...activity,
      addCopied: () => void (copiedObjects += 1),
      add: (_level: string, text: string) => void lines.push(text),
    },
    progress: {
      ...progress,
      setTransferred(amount: Parameters<typeof progress.setTransferred>[0]) {
        progress.setTransferred(amount)
        shownBytes.push(progress.current().progress.copiedBytes)
      },
      setWaiting: (waiting: Waiting | null) => void waits.push(waiting),
    },
    startCopy(copy: Parameters<CopyRun['startCopy']>[0]) {
      runs += 1
      return startCopyJob({ ...copy, rclonePath, sourceGuard })
    },
  } as unknown as CopyRun
  return {
    lines: () => lines,
    waits,
    shownBytes,
    failures,
    stopSwitch,
    runs: () => runs,
    copiedObjects: () => copiedObjects,
    copy: (plan = {}, policy = hurriedPolicy) => copyPatiently(run, { isEtagOpaque: false, ...plan }, policy),
  }
}

/** The same store again after its death: same place, same data. */
export async function revive(scene: RcloneScene, side: 'source' | 'destination'): Promise<void> {
  const { port, dataDir } = scene[side]
  const own = side === 'source' ? { buckets: ['from'], ...sourceKey } : { buckets: ['to'], ...destinationKey }
  const revived = await startS3Endpoint({ ...own, port, dataDir })
  scene.cleanUpWith(revived.stop)
}

const sideOf = ({ location, credentials }: CopyEnd): S3Side => ({
  endpoint: location.endpoint,
  region: location.region,
  bucket: location.bucket,
  ...credentials,
})
