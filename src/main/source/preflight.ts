import type { Finding, SourceCheck, SourceCheckProgress } from '#shared/ipc/source-check.ts'
import { isArchived } from './checks/storage-class-rules.ts'
import { type DecidedSource, decideSource } from './decide-source.ts'
import { problemFinding } from './findings.ts'
import { createProgressReporter } from './progress-reporter.ts'
import { createRestoreAwareList } from './restore-aware-listing.ts'
import { MAX_KEY_CHARACTERS } from './listed-limits.ts'
import { findingForFailure } from './s3-failure-rules.ts'
import { describeObjects, readVerdict, type TriedObject, tryObjects } from './sampled-object.ts'
import type { SourceConnection } from './source-connection.ts'
import { readFacts, type SourceFacts } from './source-facts.ts'
import type { S3Failure, SourceS3 } from './source-s3.ts'
import { followListing } from './source-survey.ts'
import { emptyTally, objectsToTry, tallyObjects } from './source-tally.ts'

export interface PreflightPorts {
  readonly openSource: (source: SourceConnection, signal: AbortSignal) => Promise<SourceS3>
  readonly isOnline: () => boolean
  readonly now: () => number
}

export interface PreflightInput {
  readonly source: SourceConnection
  /** Ends it early, with the answer `stopped`. */
  readonly stopped: AbortSignal
  /** A person waits for it, so the whole check has one limit, however many requests it makes. */
  readonly budgetMs: number
  /** Ends the survey early: what is known by then is the answer. */
  readonly surveyEnded?: AbortSignal
  /** Null: only whether it would work, without a survey. */
  readonly onProgress: ((progress: SourceCheckProgress) => void) | null
}

/** The rest of the budget is kept for a last look at what the survey came across. */
const SURVEY_SHARE = 0.8

/**
 * S5, B2: tries, from this machine and reading only, what the worker will do: list, decide the target, read a byte of
 * a few objects. Then, as long as the budget lasts, it counts, and looks at what a few objects carry. Nothing is
 * dispatched.
 */
export async function runPreflight(input: PreflightInput, ports: PreflightPorts): Promise<SourceCheck> {
  const { source, stopped, budgetMs, surveyEnded } = input
  const surveyOver = AbortSignal.any([AbortSignal.timeout(budgetMs * SURVEY_SHARE), ...(surveyEnded ? [surveyEnded] : [])])
  const budget = AbortSignal.timeout(budgetMs)
  const s3 = await ports.openSource(source, AbortSignal.any([stopped, budget]))
  const explain = (failure: S3Failure): Finding =>
    budget.aborted
      ? problemFinding('connection-timeout', { host: new URL(source.endpoint).host, seconds: budgetMs / 1000 })
      : findingForFailure(failure, source, ports.isOnline(), ports.now())
  const list = createRestoreAwareList(s3.list)
  try {
    const decided = await decideSource(source, list, explain)
    const check = decided.ok
      ? await checkObjects(decided.value, { ...input, s3, list, explain, surveyOver, now: ports.now })
      : blocked(decided.error)
    return stopped.aborted ? { kind: 'stopped' } : check
  } finally {
    s3.close()
  }
}

interface ObjectChecks extends Pick<PreflightInput, 'onProgress' | 'stopped'> {
  readonly s3: SourceS3
  readonly list: SourceS3['list']
  readonly explain: (failure: S3Failure) => Finding
  readonly surveyOver: AbortSignal
  readonly now: () => number
}

const blocked = (...findings: Finding[]): SourceCheck => ({ kind: 'blocked', findings })
const hasProblem = (findings: readonly Finding[]): boolean => findings.some(({ severity }) => severity === 'problem')

async function checkObjects(decided: DecidedSource, checks: ObjectChecks): Promise<SourceCheck> {
  const { page, target } = decided
  const { s3, explain, onProgress, stopped, now } = checks
  const reporter = createProgressReporter({
    now,
    send: (progress) => {
      if (!stopped.aborted) onProgress?.(progress)
    },
  })
  let facts: SourceFacts = {
    tally: tallyObjects(emptyTally, page.objects),
    isComplete: !page.isTruncated,
    isCounting: onProgress !== null && page.isTruncated,
    tried: [],
    described: [],
  }
  const learn = (more: Partial<SourceFacts>): void => {
    facts = { ...facts, ...more }
    reporter.report(facts)
  }
  reporter.report(facts)
  const tried = await tryObjects(s3, objectsToTry(facts.tally, new Set()))
  learn({ tried })
  const decisive = readFacts(facts)
  if (hasProblem(decisive.findings)) return blocked(...decisive.findings)
  const failure = commonFailure(tried)
  if (failure !== null) return blocked(...decisive.findings, explain(failure))
  if (onProgress !== null) await survey(decided, checks, () => facts, learn)
  const { findings, survey: counted } = readFacts(facts)
  if (hasProblem(findings)) return blocked(...findings)
  const firstKey = (page.objects.find((object) => !isArchived(object)) ?? facts.tally.first ?? page.objects[0])?.key ?? ''
  return { kind: 'ready', findings, target, firstKey: firstKey.slice(0, MAX_KEY_CHARACTERS), survey: counted }
}

/** Why nothing could be said of any object that was tried; null when something could. */
function commonFailure(tried: readonly TriedObject[]): S3Failure | null {
  const [first] = tried
  if (first === undefined || first.read.ok) return null
  return tried.every((one) => readVerdict(one) === 'inconclusive') ? first.read.error : null
}

/** Counts and looks around at the same time, then looks once more at what was come across later. */
async function survey(
  decided: DecidedSource,
  { s3, list, surveyOver }: ObjectChecks,
  facts: () => SourceFacts,
  learn: (more: Partial<SourceFacts>) => void,
): Promise<void> {
  const look = async (objects: readonly TriedObject[]): Promise<void> => {
    const readable = objects.filter((tried) => readVerdict(tried) === 'readable').map(({ object }) => object)
    const described = await describeObjects(s3, readable)
    learn({ described: [...facts().described, ...described] })
  }
  const count = async (): Promise<void> => {
    const isComplete = await followListing(decided, list, surveyOver, (objects) =>
      learn({ tally: tallyObjects(facts().tally, objects) }),
    )
    learn({ isComplete, isCounting: false })
  }
  await Promise.all([count(), look(facts().tried)])
  const known = new Set(facts().tried.map(({ object }) => object.key))
  const later = await tryObjects(s3, objectsToTry(facts().tally, known))
  // By now the budget may be over: what has no answer then says nothing.
  learn({ tried: [...facts().tried, ...later] })
  await look(later)
}
