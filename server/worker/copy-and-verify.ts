import type { CopyRun } from './copy-run.ts'
import { copyFolderMarkers } from './folder-markers/copy-folder-markers.ts'
import { hasOpaqueEtag, sampleHasOpaqueEtag } from './inventory/opaque-etags.ts'
import { readPatiently } from './inventory/patient-listing.ts'
import { connectS3 } from './inventory/s3-connection.ts'
import { openSideListings, type SideEnds, type SideListings, sourceKeyFor } from './inventory/side-listings.ts'
import { takeInventory } from './inventory/source-inventory.ts'
import { failed, type JobOutcome, stopped } from './job-ports.ts'
import { runRclone } from './run-rclone.ts'
import { withPathListFile } from './verify/path-list-file.ts'
import { type Incomplete, verifyCopy } from './verify/verify-copy.ts'

/** The first copy, and one more for what changed meanwhile or was stale: a source that never rests must not keep a worker. */
const MAX_COPIES = 2

/** Copies while the source is being counted, then compares both sides: only that decides on "completed". */
export async function copyAndVerify(run: CopyRun): Promise<JobOutcome> {
  const { sides, stopSwitch } = run
  const clients = {
    source: connectS3(sides.source, run.sourceGuard.lookup),
    destination: connectS3(sides.destination),
  }
  const endsUntil = (signal: AbortSignal): SideEnds => ({
    source: { client: clients.source, bucket: sides.source.bucket, signal },
    destination: { client: clients.destination, bucket: sides.destination.bucket, signal },
  })
  try {
    return await copyUntilComplete(await openStores(run, endsUntil(stopSwitch.signal)), endsUntil)
  } finally {
    clients.source.destroy()
    clients.destination.destroy()
  }
}

/** Both ends of the job as its steps see them. */
interface Stores {
  readonly run: CopyRun
  readonly ends: SideEnds
  readonly listings: SideListings
  readonly toSourceKey: (key: string) => string
  /** Of the source, see `likenessOf`; learned on the way. */
  isEtagOpaque: boolean
}

async function openStores(run: CopyRun, ends: SideEnds): Promise<Stores> {
  const { source, destination } = run.job
  const listings = openSideListings(ends, source.target, destination.prefix)
  const toSourceKey = (key: string): string => sourceKeyFor(source.target, destination.prefix, key)
  const stores: Stores = { run, ends, listings, toSourceKey, isEtagOpaque: false }
  const isSampleOpaque = await sampleHasOpaqueEtag(listings.source, (key) =>
    hasOpaqueEtag(ends.source, 'source', toSourceKey(key)),
  )
  if (isSampleOpaque) distrustEtags(stores)
  return stores
}

function distrustEtags(stores: Stores): void {
  stores.isEtagOpaque = true
  stores.run.activity.add('info', 'the source is encrypted, its ETags are no checksums: sizes and times are compared')
}

async function copyUntilComplete(stores: Stores, endsUntil: (signal: AbortSignal) => SideEnds): Promise<JobOutcome> {
  const { run } = stores
  let found: Incomplete | null = null
  for (let copies = 1; ; copies += 1) {
    const copyStartedAtMs = Date.now()
    const end = found === null ? await copyAndCount(stores, endsUntil) : await copyAgain(stores, found)
    if (end !== null) return end
    const markersEnd = await copyMarkers(stores)
    if (markersEnd !== null) return markersEnd
    if (!(await run.beginVerifying())) return stopped
    run.activity.add('info', 'copied; comparing source and destination')
    const verdict = await verify(stores, copyStartedAtMs)
    if (verdict.kind !== 'incomplete') return verdict
    found = verdict
    if (copies === MAX_COPIES) break
    run.activity.add('warning', `${found.failure.message}; copying once more`)
    if (!(await run.beginCopyingAgain())) return stopped
  }
  for (const key of found.missingKeys) run.activity.add('error', `missing or different at the destination: ${key}`)
  return failed(found.failure)
}

/** Null when the copy succeeded. */
async function copyAndCount(
  stores: Stores,
  endsUntil: (signal: AbortSignal) => SideEnds,
): Promise<JobOutcome | null> {
  const { run } = stores
  const inventoryEnd = new AbortController()
  const signal = AbortSignal.any([run.stopSwitch.signal, inventoryEnd.signal])
  const inventory = takeInventory({
    listings: openSideListings(endsUntil(signal), run.job.source.target, run.job.destination.prefix),
    progress: run.progress,
    startedAtMs: Date.now(),
    isEtagOpaque: stores.isEtagOpaque,
    signal,
    onFailure: (error) => {
      run.logger.warn({ err: error, migrationId: run.job.migrationId }, 'the source could not be counted')
      run.activity.add('warning', 'the source could not be counted; its total size stays unknown until the end')
    },
  })
  try {
    return await copy(stores)
  } finally {
    // Unfinished, it is of no more use: the verification counts again.
    inventoryEnd.abort()
    await inventory
  }
}

/** What is missing or differs is found by rclone; what it takes for present is named to it. */
async function copyAgain(stores: Stores, { missingObjects, staleKeys }: Incomplete): Promise<JobOutcome | null> {
  if (missingObjects > staleKeys.length) {
    const end = await copyOnceMore(stores)
    if (end !== null) return end
  }
  if (staleKeys.length === 0) return null
  const paths = staleKeys.map((key) => key.slice(stores.run.job.destination.prefix.length))
  return await withPathListFile(paths, (forcedPathsFile) => copyOnceMore(stores, { forcedPathsFile }))
}

async function copyOnceMore(stores: Stores, plan: { readonly forcedPathsFile?: string } = {}) {
  stores.run.progress.beginAnotherCopy()
  return await copy(stores, plan)
}

async function copy(stores: Stores, plan: { readonly forcedPathsFile?: string } = {}): Promise<JobOutcome | null> {
  const { run, listings, isEtagOpaque } = stores
  const { outcome, isDigestRefused } = await runRclone(run, { listings, isEtagOpaque, ...plan })
  const isStopped = run.stopSwitch.reason() !== null || outcome.kind === 'cancelled'
  if (!isStopped && outcome.kind === 'succeeded') return null
  run.progress.setStopped({ bytes: outcome.copiedBytes, objects: outcome.copiedObjects })
  if (isStopped || outcome.kind !== 'failed') return stopped
  if (isDigestRefused && !isEtagOpaque) {
    // Some objects are encrypted, though the sample was not.
    distrustEtags(stores)
    return await copyOnceMore(stores, plan)
  }
  const { code, side, message, exitCode } = outcome.failure
  return failed({ code, side, message, exitCode })
}

/** Null when they were copied, or told. */
async function copyMarkers({ run, ends, listings, toSourceKey }: Stores): Promise<JobOutcome | null> {
  if (run.job.source.target.kind === 'object') return null
  const { activity, stopSwitch } = run
  const end = await readPatiently(() => copyFolderMarkers({ listings, ends, toSourceKey, activity }), {
    signal: stopSwitch.signal,
    onRetry: ({ message }) => activity.add('warning', `${message}; trying again`),
  })
  if (end.kind === 'stopped' || stopSwitch.reason() !== null) return stopped
  if (end.kind === 'read') return null
  const { permanent: _permanent, ...failure } = end.failure
  return failed({ ...failure, exitCode: 0 })
}

function verify(stores: Stores, copyStartedAtMs: number): Promise<JobOutcome | Incomplete> {
  const { run, ends, listings, toSourceKey, isEtagOpaque } = stores
  return verifyCopy({
    listings,
    isEtagOpaque,
    hasOpaqueEtag: async (key) =>
      (await hasOpaqueEtag(ends.source, 'source', toSourceKey(key))) ||
      (await hasOpaqueEtag(ends.destination, 'destination', key)),
    copyStartedAtMs,
    progress: run.progress,
    activity: run.activity,
    signal: run.stopSwitch.signal,
  })
}
