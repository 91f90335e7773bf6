import { createCopiedKeys } from './accounting/copied-keys.ts'
import type { CopyRun } from './copy-run.ts'
import { createMilestones } from './inventory/milestones.ts'
import { hasOpaqueEtag, sampleHasOpaqueEtag } from './inventory/opaque-etags.ts'
import { connectS3 } from './inventory/s3-connection.ts'
import { openSideListings, type SideEnds, sourceKeyFor } from './inventory/side-listings.ts'
import type { CopyMemory, SecondCopy } from './verify/copy-memory.ts'
import { watchClock } from './verify/store-clock.ts'
import { type WatchedListings, watchListings } from './verify/watched-listings.ts'

/** Both ends of a job as its steps see them, and what the job remembers of its copies. */
export interface JobStores {
  readonly run: CopyRun
  readonly ends: SideEnds
  readonly endsUntil: (signal: AbortSignal) => SideEnds
  readonly listings: WatchedListings
  readonly toSourceKey: (key: string) => string
  /** Of the source, see `likenessOf`; learned on the way. */
  readonly isEtagOpaque: () => boolean
  readonly distrustEtags: () => void
  readonly memory: () => Omit<CopyMemory, 'wholeFailure'>
  readonly beginSecondCopy: () => void
  /** Of the walks of this job that verify. */
  readonly nextWalk: () => number
  readonly close: () => void
}

export async function openJobStores(first: CopyRun): Promise<JobStores> {
  const { sides, stopSwitch, job, failures } = first
  const { existing } = job
  const clients = {
    source: connectS3(sides.source, first.sourceGuard.lookup),
    destination: connectS3(sides.destination),
  }
  const clocks = { source: watchClock(clients.source), destination: watchClock(clients.destination) }
  const milestones = createMilestones()
  const endsUntil = (signal: AbortSignal): SideEnds => ({
    milestones,
    source: { client: clients.source, bucket: sides.source.bucket, signal },
    destination: { client: clients.destination, bucket: sides.destination.bucket, signal },
  })
  const ends = endsUntil(stopSwitch.signal)
  const listings = watchListings(openSideListings(ends, job.source.target, job.destination.prefix))
  const toSourceKey = (key: string): string => sourceKeyFor(job.source.target, job.destination.prefix, key)

  const migrationStartedAtMs = (job.startedAt ?? new Date()).getTime()
  const copiedKeys = createCopiedKeys()
  let secondCopy: SecondCopy | null = null
  const run = rememberingCopied(first, (sourceKey) => {
    copiedKeys.add(sourceKey)
    secondCopy?.copiedKeys.add(sourceKey)
    failures.forget(sourceKey)
  })
  let walks = 0
  let isEtagOpaque = false
  const distrustEtags = (): void => {
    isEtagOpaque = true
    first.activity.add('info', 'the source is encrypted, its ETags are no checksums: sizes and times are compared')
  }
  if (await sampleHasOpaqueEtag(listings.source, (key) => hasOpaqueEtag(ends.source, 'source', toSourceKey(key)))) {
    distrustEtags()
  }
  return {
    run,
    ends,
    endsUntil,
    listings,
    toSourceKey,
    isEtagOpaque: () => isEtagOpaque,
    distrustEtags,
    memory: () => ({ existing, migrationStartedAtMs, secondCopy, clocks, copiedKeys, failures }),
    beginSecondCopy() {
      secondCopy = { startedAtMs: Date.now(), copiedKeys: createCopiedKeys() }
    },
    nextWalk: () => (walks += 1),
    close() {
      clients.source.destroy()
      clients.destination.destroy()
    },
  }
}

function rememberingCopied(run: CopyRun, remember: (sourceKey: string) => void): CopyRun {
  return {
    ...run,
    activity: {
      ...run.activity,
      addCopied(sourceKey) {
        remember(sourceKey)
        run.activity.addCopied(sourceKey)
      },
    },
  }
}
