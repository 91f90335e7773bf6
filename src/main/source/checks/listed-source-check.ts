import type { Finding, Survey } from '#shared/ipc/source-check.ts'
import { goodFinding } from '../findings.ts'

/** S5, B2: what has been counted; null while that goes on. `more`: it is only a beginning. */
export function checkListedSource(survey: Survey | null): Finding {
  if (survey === null) return goodFinding('source-listed', {})
  const { objects, bytes, isComplete } = survey
  return goodFinding('source-listed', { objects, bytes, more: !isComplete })
}
