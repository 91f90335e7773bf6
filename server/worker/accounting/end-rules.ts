import type { FailureCode, MigrationFailure } from '#shared/domain/failure-codes.ts'
import type { ObjectReason } from '#shared/domain/object-outcome.ts'
import type { ReportFacts } from '#shared/contract/schemas.ts'
import { failed, type JobOutcome } from '../job-ports.ts'
import { countWords, reasonWords } from './account-words.ts'
import type { SourceAccount } from './source-account.ts'

type FailureFacts = readonly [code: FailureCode, side: MigrationFailure['side'], exitCode: number]

/** What rclone said of the copy as a whole: all is well, or errors; as its command line would have exited. */
const [SUCCESS, ERRORS, NOT_FOUND] = [0, 1, 3]

const failuresOfReasons: Readonly<Record<ObjectReason, FailureFacts>> = {
  'archived-object': ['archived-object', 'source', ERRORS],
  'access-denied': ['access-denied', 'source', ERRORS],
  'source-not-found': ['source-not-found', 'source', NOT_FOUND],
  'changed-during-copy': ['objects-missing', 'source', SUCCESS],
  'different-kept': ['objects-missing', 'worker', SUCCESS],
  'key-too-long': ['objects-missing', 'worker', ERRORS],
  'object-too-large': ['objects-missing', 'worker', ERRORS],
  'key-refused': ['objects-missing', 'destination', ERRORS],
  'quota-exceeded': ['quota-exceeded', 'destination', ERRORS],
  throttled: ['throttled', 'source', ERRORS],
  unreachable: ['unreachable', 'source', ERRORS],
  'copy-failed': ['copy-failed', 'worker', ERRORS],
  unknown: ['objects-missing', 'worker', SUCCESS],
}

/**
 * How a migration ends by its account: what is across decides. Nothing across is a failure, with the commonest
 * reason as its code; anything else is an end with a settlement, with or without exceptions.
 */
export function endOf(account: SourceAccount, report: ReportFacts): JobOutcome {
  const settlement = {
    verification: account.verification(),
    report,
    firstExceptions: account.firstExceptions(),
  }
  const [commonest, ...others] = account.reasons()
  if (commonest === undefined || account.across().objects > 0) return { kind: 'settled', settlement }
  const [code, side, exitCode] = failuresOfReasons[commonest.reason]
  const reasons = [commonest, ...others].map(reasonWords).join('; ')
  const message = `none of ${countWords(account.total().objects)} made it: ${reasons}`
  return failed({ code, side, message, exitCode }, settlement)
}

/** E5: there was nothing to account for. */
export const nothingFound: JobOutcome = failed({
  code: 'source-not-found',
  side: 'source',
  message: 'the source holds no objects',
  exitCode: NOT_FOUND,
})
