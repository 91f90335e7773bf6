import type { CopyRun } from '../copy-run.ts'
import type { CopyFailure } from '../rclone/rclone-failure-rules.ts'
import { objectReasonOf } from './object-reason-rules.ts'

/** A million archived objects must not push everything else out of the job's log. */
const MAX_NAMED = 20

/** Takes the failures of one run: the first are told one by one, all are noted. */
export interface FailureNotes {
  /** `sourceKey`: of the object it is about; null when it is about more than one. */
  readonly add: (failure: CopyFailure, sourceKey: string | null) => void
  /** Tells how many were not named. */
  readonly end: () => void
}

export function createFailureNotes({ activity, failures }: Pick<CopyRun, 'activity' | 'failures'>): FailureNotes {
  let told = 0
  return {
    add(failure, sourceKey) {
      if (sourceKey !== null) failures.note(sourceKey, { reason: objectReasonOf(failure), detail: failure.message })
      told += 1
      if (told > MAX_NAMED) return
      activity.add('error', sourceKey === null ? failure.message : `${sourceKey}: ${failure.message}`)
    },
    end() {
      if (told > MAX_NAMED) activity.add('error', `${told - MAX_NAMED} more could not be copied this time`)
    },
  }
}
