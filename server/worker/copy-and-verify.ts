import { type Counted, readPatiently, settle, settleAnyway, settleWhatIsAcross, tell, verify } from './account-for-copy.ts'
import { archivedLine, countWords } from './accounting/account-words.ts'
import type { MendableObjects } from './accounting/mendable-objects.ts'
import { attemptPolicy } from './attempts/attempts-rules.ts'
import { copyPatiently } from './attempts/copy-patiently.ts'
import type { CopyRun } from './copy-run.ts'
import { type JobStores, openJobStores } from './job-stores.ts'
import { openSideListings } from './inventory/side-listings.ts'
import { takeInventory } from './inventory/source-inventory.ts'
import { failed, type JobOutcome, stopped } from './job-ports.ts'
import { copyStragglers } from './stragglers/copy-stragglers.ts'
import { isRcloneNeeded } from './stragglers/rclone-need.ts'
import { withPathListFile } from './verify/path-list-file.ts'
import type { Verified } from './verify/verify-copy.ts'

/**
 * Copies while the source is being counted, then accounts for every object of it: only that decides how it ends. What
 * may be mended is copied once more, and no more than that: a source that never rests must not keep a worker.
 */
export async function copyAndVerify(run: CopyRun): Promise<JobOutcome> {
  const stores = await openJobStores(run)
  try {
    run.activity.add('info', 'copying; the source is counted meanwhile')
    const { end, mayHoldOddKeys } = await copyAndCount(stores)
    const counted = countedUpToNow(run)
    // One that appeared since is found missing, and carried with the second copy.
    const stragglersEnd = end === null && mayHoldOddKeys ? await carryStragglers(stores) : end
    if (stragglersEnd?.kind === 'failed') return await settleWhatIsAcross(stores, counted, stragglersEnd)
    return stragglersEnd ?? (await verifyAndMend(stores, counted))
  } finally {
    stores.close()
  }
}

function countedUpToNow({ progress }: CopyRun): Counted {
  const { totalObjects: objects, totalBytes: bytes } = progress.current().progress
  return objects === null || bytes === null ? null : { objects, bytes }
}

async function verifyAndMend(stores: JobStores, counted: Counted): Promise<JobOutcome> {
  const { run } = stores
  let first: Verified | null = null
  for (;;) {
    if (!(await run.beginVerifying())) return stopped
    run.activity.add('info', 'copied; comparing source and destination')
    const verified = await verify(stores, { counted, policy: attemptPolicy, wholeFailure: null })
    if (verified.kind === 'failed' && first !== null) return await settleAnyway(stores, first, verified)
    if (verified.kind !== 'verified') return verified
    const { account, mendable } = verified
    if (mendable.objects === 0 || first !== null) return await settle(stores, verified)
    first = verified
    const { objects } = account.total()
    run.activity.add('warning', `${mendable.objects} of ${countWords(objects)} missing or changed; copying once more`)
    if (!(await run.beginCopyingAgain())) return stopped
    stores.beginSecondCopy()
    const end = (await copyAgain(stores, mendable)) ?? (await carryStragglers(stores, mendable.staleStragglers))
    if (end?.kind === 'failed') {
      return (await run.beginVerifying()) ? await settleAnyway(stores, first, end) : stopped
    }
    if (end !== null) return end
  }
}

/** `end` is null when the copy was made. */
async function copyAndCount(
  stores: JobStores,
): Promise<{ readonly end: JobOutcome | null; readonly mayHoldOddKeys: boolean }> {
  const { run } = stores
  let mayHoldOddKeys = true
  const inventoryEnd = new AbortController()
  const copyEnd = new AbortController()
  const signal = AbortSignal.any([run.stopSwitch.signal, inventoryEnd.signal])
  const inventory = takeInventory({
    listings: openSideListings(stores.endsUntil(signal), run.job.source.target, run.job.destination.prefix),
    toSourceKey: stores.toSourceKey,
    progress: run.progress,
    startedAtMs: Date.now(),
    isEtagOpaque: stores.isEtagOpaque(),
    signal,
    copyEnd: copyEnd.signal,
    onInventory(found) {
      mayHoldOddKeys = found.oddKeys.objects > 0
      if (found.archived.objects > 0) tell(run, archivedLine(found.archived.objects))
      return run.saveInventory(found)
    },
    onFailure: (error) => {
      run.logger.warn({ err: error, migrationId: run.job.migrationId }, 'the source could not be counted')
      run.activity.add('warning', 'the source could not be counted; its total size stays unknown until the end')
    },
  })
  let end: JobOutcome | null = stopped
  try {
    end = await copy(stores)
  } finally {
    copyEnd.abort()
    // Of a copy that was made it tells the rest; otherwise it is of no more use.
    if (end !== null) inventoryEnd.abort()
    await inventory
  }
  return { end, mayHoldOddKeys }
}

/** What rclone would take for present is named to it; and so is the rest, while there is room for the names. */
async function copyAgain(stores: JobStores, mendable: MendableObjects): Promise<JobOutcome | null> {
  if (!mendable.isComplete) {
    const end = await copyOnceMore(stores)
    if (end !== null) return end
  }
  const paths = mendable.isComplete ? mendable.paths : mendable.stalePaths
  if (paths.length === 0) return null
  return await withPathListFile(paths, (forcedPathsFile) => copyOnceMore(stores, { forcedPathsFile }))
}

async function copyOnceMore(stores: JobStores, plan: CopyPlan = {}): Promise<JobOutcome | null> {
  stores.run.progress.beginAnotherCopy()
  return await copy(stores, plan)
}

interface CopyPlan {
  readonly forcedPathsFile?: string
}

async function copy(stores: JobStores, plan: CopyPlan = {}): Promise<JobOutcome | null> {
  const { run } = stores
  const { target } = run.job.source
  if (!(await isRcloneNeeded(stores.listings, target, run.job.destination.prefix))) return null
  const end = await copyPatiently(run, { isEtagOpaque: stores.isEtagOpaque(), ...plan })
  switch (end.kind) {
    case 'copied':
      return run.stopSwitch.reason() === null ? null : stopped
    case 'stopped':
      return stopped
    case 'failed':
      return failed(end.failure)
    case 'digest-refused':
      // Some objects are encrypted, though the sample was not.
      stores.distrustEtags()
      return await copyOnceMore(stores, plan)
  }
}

/** What rclone cannot carry. Null when each of them was copied, or its failure noted. */
async function carryStragglers(
  stores: JobStores,
  staleKeys: ReadonlySet<string> = new Set(),
): Promise<JobOutcome | null> {
  const { run, listings, ends, toSourceKey } = stores
  const { activity, progress, failures, redact, stopSwitch, job } = run
  const input = {
    listings,
    ends,
    toSourceKey,
    existing: job.existing,
    staleKeys,
    isEtagOpaque: stores.isEtagOpaque(),
    capBytesPerSecond: job.capBytesPerSecond,
    progress,
    activity,
    failures,
    redact,
  }
  const end = await readPatiently(stores, attemptPolicy, () => copyStragglers(input))
  if (stopSwitch.reason() !== null) return stopped
  return end.kind === 'read' ? null : end
}
