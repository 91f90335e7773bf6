import type { Finding } from '#shared/ipc/source-check.ts'
import { goodFinding } from '../findings.ts'
import type { ListedObject } from '../source-s3.ts'

/** S5, B2: what the first page holds. `more`: the numbers are only a beginning. */
export function checkListedSource(objects: readonly ListedObject[], more: boolean): Finding {
  const bytes = objects.reduce((sum, object) => sum + object.bytes, 0)
  return goodFinding('source-listed', { objects: objects.length, bytes, more })
}
