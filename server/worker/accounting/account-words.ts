import type { ObjectReason } from '#shared/domain/object-outcome.ts'
import type { NewLogLine } from '../../stores/held-job.ts'
import type { ReasonCount, SourceAccount } from './source-account.ts'

export type ActivityLine = Pick<NewLogLine, 'level' | 'text'>

/** What became of one or more objects that are exceptions: the worker's own short words for its log. */
const wordsOfReasons: Readonly<Record<ObjectReason, readonly [one: string, more: string]>> = {
  'archived-object': ['archived object was not copied', 'archived objects were not copied'],
  'access-denied': ['object may not be read', 'objects may not be read'],
  'source-not-found': ['object was listed and then gone', 'objects were listed and then gone'],
  'changed-during-copy': ['object changed during the copy', 'objects changed during the copy'],
  'different-kept': ['object differs there and was not overwritten', 'objects differ there and were not overwritten'],
  'key-too-long': ['object has too long a key', 'objects have too long a key'],
  'object-too-large': ['object is too large', 'objects are too large'],
  'key-refused': ['key was refused by the destination', 'keys were refused by the destination'],
  'quota-exceeded': ['object did not fit the quota', 'objects did not fit the quota'],
  throttled: ['object was not copied: a store asks to slow down', 'objects were not copied: a store asks to slow down'],
  unreachable: ['object was not copied: a store did not answer', 'objects were not copied: a store did not answer'],
  'copy-failed': ['object could not be copied', 'objects could not be copied'],
  unknown: ['object is missing or different at the destination', 'objects are missing or different at the destination'],
}

/** What a verification has found, for "Recent activity". */
export function accountLines(account: SourceAccount): readonly ActivityLine[] {
  const { byChecksumObjects, bySizeObjects, markersNotHeld } = account.verification()
  const verified = `${countWords(byChecksumObjects)} verified by checksum, ${bySizeObjects} by size`
  const across = `${account.across().objects} of ${countWords(account.total().objects)} at the destination`
  const lines: ActivityLine[] = [{ level: 'info', text: `compared: ${across}` }, { level: 'info', text: verified }]
  if (markersNotHeld > 0) {
    const markers = markersNotHeld === 1 ? 'folder marker (it carries no data)' : 'folder markers (they carry no data)'
    const named = namedKeys(account.firstMarkersNotHeld(), markersNotHeld)
    lines.push({ level: 'info', text: `the destination does not hold ${markersNotHeld} ${markers}: ${named}` })
  }
  for (const reason of account.reasons()) lines.push({ level: 'warning', text: reasonWords(reason) })
  return lines
}

/** S17: told as soon as it is known, hours before the end. */
export function archivedLine(objects: number): ActivityLine {
  const text = `${countWords(objects)} ${objects === 1 ? 'is' : 'are'} archived: not copied unless restored first`
  return { level: 'warning', text }
}

/** The copy met them, and the source lists them no more: they are in no other count. */
export function vanishedLine(keys: readonly string[]): ActivityLine {
  const gone = keys.length === 1 ? 'was deleted at the source before it was copied' : 'were deleted at the source before they were copied'
  return { level: 'warning', text: `${countWords(keys.length)} ${gone}: ${namedKeys(keys.slice(0, 3), keys.length)}` }
}

/** `2 archived objects were not copied: a.bin, b.bin` */
export function reasonWords({ reason, objects, firstKeys }: ReasonCount): string {
  const [one, more] = wordsOfReasons[reason]
  const names = firstKeys.length === 0 ? '' : `: ${namedKeys(firstKeys, objects)}`
  return `${objects} ${objects === 1 ? one : more}${names}`
}

export const countWords = (objects: number): string => `${objects} ${objects === 1 ? 'object' : 'objects'}`

function namedKeys(firstKeys: readonly string[], objects: number): string {
  const more = objects - firstKeys.length
  return firstKeys.join(', ') + (more > 0 ? `, and ${more} more` : '')
}
