import { type ActivityLine, accountLines, countWords, vanishedLine } from './accounting/account-words.ts'
import { endOf, nothingFound } from './accounting/end-rules.ts'
import { type AttemptPolicy, attemptPolicy, type Decision } from './attempts/attempts-rules.ts'
import { pauseAndProbe } from './attempts/pause-and-probe.ts'
import type { CopyRun } from './copy-run.ts'
import { type FailedJob, type JobOutcome, stopped } from './job-ports.ts'
import type { JobStores } from './job-stores.ts'
import type { Amount } from './progress/shown-progress.ts'
import { recallObject, reasonOfWhole } from './verify/copy-memory.ts'
import { askStores } from './verify/object-questions.ts'
import { type ReadEnd, readThroughOutages } from './verify/read-through-outages.ts'
import { finishReport, type Verified, verifyCopy } from './verify/verify-copy.ts'

/** What the inventory has counted; null when it could not. */
export type Counted = Amount | null

export interface VerifyPlan {
  readonly counted: Counted
  readonly policy: AttemptPolicy
  /** Why the copy ended early, if it did. */
  readonly wholeFailure: FailedJob['failure'] | null
}

/** After a copy that failed a store is not waited for again as long as a copy would. */
const shortPatience: AttemptPolicy = { ...attemptPolicy, patienceMs: 5 * 60_000 }

/**
 * Accounts for what the source lists. When that is less than was counted or copied, it is walked once more; what is
 * lacking then counts as missing, for a listing that ends early looks the same as one of a source that has shrunk.
 */
export async function verify(stores: JobStores, plan: VerifyPlan): Promise<JobOutcome | Verified> {
  const { activity } = stores.run
  const first = await walk(stores, plan)
  if (first.kind !== 'verified' || lackOf(stores, plan, first).objects === 0) return first
  activity.add('warning', 'the source lists fewer objects than before; comparing once more')
  const again = await walk(stores, plan)
  if (again.kind === 'stopped') return again
  const verified = again.kind === 'verified' ? again : first
  const lack = lackOf(stores, plan, verified)
  if (lack.objects === 0) return verified
  const why = 'deleted meanwhile, or its listing ends too early'
  activity.add('warning', `${countWords(lack.objects)} of those counted before not listed by the source any more: ${why}`)
  verified.account.addUnlisted(lack)
  return verified
}

function lackOf(stores: JobStores, { counted }: VerifyPlan, { account, vanishedKeys }: Verified): Amount {
  const listed = account.total()
  const known = Math.max(counted?.objects ?? 0, stores.memory().copiedKeys.size() + vanishedKeys.length)
  return {
    objects: Math.max(0, known - listed.objects - vanishedKeys.length),
    bytes: Math.max(0, (counted?.bytes ?? 0) - listed.bytes),
  }
}

function walk(stores: JobStores, { policy, wholeFailure }: VerifyPlan): Promise<JobOutcome | Verified> {
  const { run, ends, listings, toSourceKey } = stores
  const { clocks, ...memory } = stores.memory()
  const facts = { ...memory, clocks, wholeFailure: wholeFailure === null ? null : reasonOfWhole(wholeFailure) }
  const number = stores.nextWalk()
  return verifyCopy({
    listings,
    comparison: {
      ...askStores(ends, toSourceKey),
      isEtagOpaque: stores.isEtagOpaque(),
      clockDifferenceMs: () => clocks.destination.offsetMs() - clocks.source.offsetMs(),
    },
    recall: (pair, sourceKey) => recallObject(facts, pair, sourceKey),
    toSourceKey,
    destinationPrefix: run.job.destination.prefix,
    beginReport: () => run.beginReport(number),
    notFoundKeys: memory.failures.keysOf('source-not-found'),
    redact: run.redact,
    readPatiently: (read) => readPatiently(stores, policy, read),
    progress: run.progress,
    activity: run.activity,
    signal: run.stopSwitch.signal,
  })
}

export function readPatiently<T>(
  { run, listings }: JobStores,
  policy: AttemptPolicy,
  read: () => Promise<T>,
): Promise<ReadEnd<T>> {
  const { activity, stopSwitch } = run
  const wait = (first: Decision): Promise<Decision> => pauseAndProbe(run, policy, first)
  return readThroughOutages({ pauseAndProbe: wait, policy, listings, activity, signal: stopSwitch.signal }, read)
}

export async function settle({ run }: JobStores, { account, report, vanishedKeys }: Verified): Promise<JobOutcome> {
  if (account.total().objects === 0) return nothingFound
  for (const line of accountLines(account)) tell(run, line)
  if (vanishedKeys.length > 0) tell(run, vanishedLine(vanishedKeys))
  const facts = await finishReport(report)
  return facts === null ? stopped : endOf(account, facts)
}

export const tell = ({ activity }: CopyRun, { level, text }: ActivityLine): void => activity.add(level, text)

/**
 * The second copy, or its verification, failed. What the first one brought is across all the same, and accounted for:
 * a person must not take it for lost.
 */
export async function settleAnyway(stores: JobStores, first: Verified, end: FailedJob): Promise<JobOutcome> {
  if (first.account.across().objects === 0) return end
  stores.run.activity.add('error', `the second copy ended early: ${end.failure.message}`)
  return await settle(stores, first)
}

/**
 * The copy failed as a whole, maybe when nearly all was across: as long as the stores can still be listed, what is
 * across is accounted for, and the rest named with the failure for a reason. Otherwise it ends as that failure.
 */
export async function settleWhatIsAcross(stores: JobStores, counted: Counted, end: FailedJob): Promise<JobOutcome> {
  const { run } = stores
  if (run.progress.current().progress.copiedObjects === 0) return end
  if (!(await run.beginVerifying())) return stopped
  run.activity.add('error', `the copy ended early: ${end.failure.message}`)
  run.activity.add('info', 'comparing what has arrived')
  const verified = await verify(stores, { counted, policy: shortPatience, wholeFailure: end.failure })
  if (verified.kind === 'stopped') return stopped
  if (verified.kind !== 'verified' || verified.account.across().objects === 0) return end
  return await settle(stores, verified)
}
