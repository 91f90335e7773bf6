import type { ObjectException } from '#shared/contract/schemas.ts'
import { formatCount } from '#shared/domain/amounts.ts'
import type { ExceptionOutcome, ObjectReason } from '#shared/domain/object-outcome.ts'

/** Why one file is not across: a few words for the table; what it means and what to do for the details. */
export interface ExceptionWords {
  readonly short: string
  readonly meaning: string
  readonly action: string
}

const again = '“Copy what failed” copies only what is missing or changed.'

export function exceptionWords({ outcome, reason }: Pick<ObjectException, 'outcome' | 'reason'>): ExceptionWords {
  return reason === 'unknown' ? wordsByOutcome[outcome] : wordsByReason[reason]
}

const wordsByReason: Readonly<Record<Exclude<ObjectReason, 'unknown'>, ExceptionWords>> = {
  'archived-object': {
    short: 'Archived, restore first',
    meaning: 'It is in an archive class such as Glacier or Deep Archive and cannot be read until it is restored.',
    action: `Restore it at the source (3 to 48 hours). Then ${lowered(again)}`,
  },
  'access-denied': {
    short: 'May not be read',
    meaning: 'The source lists this file, but does not let the key read it.',
    action: `Allow s3:GetObject on it; if it is encrypted with KMS, kms:Decrypt too. Then ${lowered(again)}`,
  },
  'source-not-found': {
    short: 'Deleted meanwhile',
    meaning: 'It was there when the source was listed, and gone when it was to be copied.',
    action: 'If it was deleted on purpose, there is nothing to do.',
  },
  'changed-during-copy': {
    short: 'Changed meanwhile',
    meaning: 'It was written at the source while the migration ran. An older version may have arrived.',
    action: `When nobody writes to it any more: ${lowered(again)}`,
  },
  'different-kept': {
    short: 'Another file is there',
    meaning: 'The destination has another file of this name, and you chose never to overwrite.',
    action: 'Rename or remove one of the two, or start another migration that replaces what differs.',
  },
  'key-too-long': {
    short: 'Name too long',
    meaning: 'With the destination prefix in front, its name is longer than the 1,024 bytes that S3 allows.',
    action: 'Start another migration with a shorter destination prefix, or rename it at the source.',
  },
  'object-too-large': {
    short: 'Too large',
    meaning: 'One file can be at most 5 TiB at the destination.',
    action: 'Split it at the source, then run again.',
  },
  'key-refused': {
    short: 'Name not accepted',
    meaning: 'The destination does not take this name.',
    action: 'Rename it at the source, then run again.',
  },
  'quota-exceeded': {
    short: 'Destination full',
    meaning: 'The destination’s quota was reached before this file.',
    action: `Free some space or ask for more at support@carolinacloud.io. Then ${lowered(again)}`,
  },
  throttled: {
    short: 'Too many requests',
    meaning: 'One end asked to slow down, and waiting did not help.',
    action: `At a quieter time: ${lowered(again)}`,
  },
  unreachable: {
    short: 'No answer',
    meaning: 'One end stopped answering while it was copied, and several tries did not help.',
    action: again,
  },
  'copy-failed': {
    short: 'Could not be copied',
    meaning: 'The copy was tried several times and broke off each time.',
    action: `${again} If it happens again, send the details to support@carolinacloud.io.`,
  },
}

const wordsByOutcome: Readonly<Record<ExceptionOutcome, ExceptionWords>> = {
  changed: wordsByReason['changed-during-copy'],
  archived: wordsByReason['archived-object'],
  'kept-different': wordsByReason['different-kept'],
  failed: {
    short: 'Failed',
    meaning: 'It could not be copied, and neither end said why.',
    action: `${again} If it happens again, send the details to support@carolinacloud.io.`,
  },
  missing: {
    short: 'Missing',
    meaning: 'It was not at the destination when both sides were compared, and nothing said why.',
    action: again,
  },
}

function lowered(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1)
}

export const exceptionsCopy = {
  title: 'Files that are not across',
  file: 'File',
  why: 'Why',
  size: 'Size',
  loading: 'Loading the list…',
  failedTitle: 'The list could not be loaded.',
  tryAgain: 'Try again',
  empty: (hasReport: boolean) =>
    hasReport ? 'No file is listed one by one. The report has all that is known.' : 'No file is listed one by one.',
  more: (count: number, hasReport: boolean) => `and ${formatCount(count)} more${hasReport ? ': see the report' : ''}`,
  selected: 'Selected file',
  copyName: 'Copy name',
  workersWords: 'The worker’s message',
} as const

/** Which kinds there are: `1,204 archived · 3 changed · 1 failed`. */
export function exceptionKindsText(
  exceptions: Readonly<Record<ExceptionOutcome, { readonly objects: number }>>,
): string {
  return (Object.keys(kindNames) as ExceptionOutcome[])
    .filter((outcome) => exceptions[outcome].objects > 0)
    .map((outcome) => `${formatCount(exceptions[outcome].objects)} ${kindNames[outcome]}`)
    .join(' · ')
}

const kindNames: Readonly<Record<ExceptionOutcome, string>> = {
  archived: 'archived',
  changed: 'changed meanwhile',
  'kept-different': 'different, kept',
  failed: 'failed',
  missing: 'missing',
}
