import type { ReportFacts } from '#shared/contract/schemas.ts'
import { type ReportWriter, ReportRefusedError } from '../../report/report-writer.ts'
import type { ReportRow } from '../../report/report-row.ts'
import { mapInOrder } from '../accounting/map-in-order.ts'
import { createMendableCollector, type MendableObjects } from '../accounting/mendable-objects.ts'
import { createSourceAccount, type SourceAccount } from '../accounting/source-account.ts'
import { type ListedPair, walkPairs } from '../inventory/pair-listings.ts'
import type { SideListings } from '../inventory/side-listings.ts'
import { type JobOutcome, stopped } from '../job-ports.ts'
import type { ShownProgress } from '../progress/shown-progress.ts'
import type { Redact } from '../rclone/log-redactor.ts'
import { type RecentActivity, toStoredText } from '../recent-activity.ts'
import { isBeyondRclone } from '../stragglers/rclone-key-rules.ts'
import { comparePair, type PairComparison, type PairFinding } from './compare-pair.ts'
import { judgeObject, type ObjectFacts } from './judge-object.ts'
import type { ReadEnd } from './read-through-outages.ts'

/** Questions to the stores at once. */
const MAX_JUDGED_AT_ONCE = 32
const MAX_DETAIL_LENGTH = 300
const TOLD_EVERY_MS = 10_000

export interface VerifyInput {
  readonly listings: SideListings
  readonly comparison: PairComparison
  /** What the job knows of an object besides. */
  readonly recall: (pair: ListedPair, sourceKey: string) => Omit<ObjectFacts, 'pair' | 'finding'>
  readonly toSourceKey: (key: string) => string
  readonly destinationPrefix: string
  readonly beginReport: () => ReportWriter
  /** What the copy was told of and then did not find, by source key. */
  readonly notFoundKeys: readonly string[]
  readonly redact: Redact
  /** Waits for a store that does not answer; each try begins anew. */
  readonly readPatiently: <T>(read: () => Promise<T>) => Promise<ReadEnd<T>>
  readonly progress: Pick<ShownProgress, 'setTotals' | 'setVerified' | 'setComparing' | 'current'>
  readonly activity: Pick<RecentActivity, 'add'>
  readonly signal: AbortSignal
}

/** Every object that the source lists is in the account, and has its row in the report, which is not finished yet. */
export interface Verified {
  readonly kind: 'verified'
  readonly account: SourceAccount
  readonly mendable: MendableObjects
  readonly report: ReportWriter
  /** Of the keys not found: what the source does not list any more either. */
  readonly vanishedKeys: readonly string[]
}

/** B3: accounts for every source object by a walk along both listings, in constant memory. */
export async function verifyCopy(input: VerifyInput): Promise<JobOutcome | Verified> {
  const { source, destination } = input.listings
  try {
    const end = await input.readPatiently(() =>
      walkPairs(source, destination, (pairs) => accountFor(pairs, input)),
    )
    if (end.kind !== 'read') return end
    return end.value === null ? stopped : tellAmounts(end.value, input)
  } finally {
    input.progress.setComparing(null)
  }
}

/** The digests of the complete report; null when the job is to stop. */
export async function finishReport(report: ReportWriter): Promise<ReportFacts | null> {
  try {
    return await report.finish()
  } catch (error) {
    if (error instanceof ReportRefusedError) return null
    throw error
  }
}

/** Null when the job is to stop. Begins from nothing: a walk that failed is begun anew. */
async function accountFor(pairs: AsyncIterable<ListedPair>, input: VerifyInput): Promise<Verified | null> {
  const report = input.beginReport()
  const vanished = new Set(input.notFoundKeys)
  const account = createSourceAccount()
  const mendable = createMendableCollector(input.destinationPrefix)
  const note = createNotes(input)
  let compared = 0
  note(compared)
  for await (const judged of mapInOrder(pairs, MAX_JUDGED_AT_ONCE, (pair) => judgePair(pair, input))) {
    if (input.signal.aborted) return null
    const { row, isMendable, isStale } = judged
    await report.add(row)
    account.add(row)
    vanished.delete(row.key)
    if (isMendable) {
      const isForRclone = !isBeyondRclone({ ...row, sourceKey: row.key })
      mendable.add({ destinationKey: row.destinationKey, isStale, isForRclone })
    }
    note((compared += 1))
  }
  return { kind: 'verified', account, mendable, report, vanishedKeys: [...vanished] }
}

interface JudgedPair {
  readonly row: ReportRow
  readonly isMendable: boolean
  readonly isStale: boolean
}

function judgePair(pair: ListedPair, input: VerifyInput): JudgedPair | Promise<JudgedPair> {
  const finding = comparePair(pair, input.comparison)
  return finding instanceof Promise
    ? finding.then((found) => toJudged(pair, found, input))
    : toJudged(pair, finding, input)
}

function toJudged(pair: ListedPair, finding: PairFinding, input: VerifyInput): JudgedPair {
  const { key, size } = pair.source
  const sourceKey = input.toSourceKey(key)
  const { isMendable, detail, ...judgement } = judgeObject({ pair, finding, ...input.recall(pair, sourceKey) })
  const shownDetail = detail === '' ? '' : toStoredText(detail, input.redact).slice(0, MAX_DETAIL_LENGTH)
  return {
    row: { key: sourceKey, destinationKey: key, bytes: size, ...judgement, detail: shownDetail },
    isMendable,
    // Whatever rclone would find to be the same by its size.
    isStale: isMendable && (finding.kind === 'stale' || finding.kind === 'same'),
  }
}

/** Shows how far the comparison is: the count at once, a line for people from time to time. */
function createNotes({ progress, activity }: VerifyInput): (compared: number) => void {
  const { totalObjects } = progress.current().progress
  let nextAt = Date.now() + TOLD_EVERY_MS
  return (compared) => {
    progress.setComparing(compared)
    // The clock is asked once in a while only.
    if (compared % 100 !== 0 || Date.now() < nextAt) return
    nextAt = Date.now() + TOLD_EVERY_MS
    activity.add('info', totalObjects === null ? `${compared} compared` : `${compared} of ${totalObjects} compared`)
  }
}

function tellAmounts(verified: Verified, { progress }: VerifyInput): Verified {
  progress.setTotals(verified.account.total())
  progress.setVerified(verified.account.done())
  return verified
}
