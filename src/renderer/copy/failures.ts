import type { MigrationView } from '#shared/contract/schemas.ts'
import type { FailureCode, MigrationFailure } from '#shared/domain/failure-codes.ts'
import { arrivedOf, isOnlyKept } from '../presenters/account-presenter.ts'

/** Why a migration failed: what happened, what it means, what to do. */
export interface FailureWords {
  readonly title: string
  readonly meaning: string
  readonly action: string
}

/**
 * Words for each failure; when our own side refused, the person has nothing to fix and is told so. Nothing is said to
 * have arrived, or to be missing, that the account does not say so of.
 */
export function failureWords(
  { code, side }: Pick<MigrationFailure, 'code' | 'side'>,
  migration: Pick<MigrationView, 'verification' | 'progress'>,
): FailureWords {
  const { verification } = migration
  if (verification !== null && isOnlyKept(verification)) return onlyKept
  const isOurs = side === 'destination' && code !== 'quota-exceeded'
  const words = isOurs ? destinationRefused : (nothingAcrossWords(code, migration) ?? wordsByCode[code])
  const hasToBeSaid = isOurs || staysAfter.includes(code)
  if (!hasToBeSaid || arrivedOf(migration).objects === 0) return words
  return { ...words, meaning: `${words.meaning} What was copied stays.` }
}

/** What the person can mend alone needs no button to support beside it. */
export function isForSupport({ action }: FailureWords): boolean {
  return action.includes('support@carolinacloud.io')
}

/** Where it is not clear by itself that what has arrived stays. */
const staysAfter: readonly FailureCode[] = ['archived-object', 'copy-failed', 'quota-exceeded', 'credentials-not-received']

/** Verified, and nothing is there: not `some`. */
function nothingAcrossWords(
  code: FailureCode,
  { verification, progress }: Pick<MigrationView, 'verification' | 'progress'>,
): FailureWords | null {
  if (verification === null || arrivedOf({ verification, progress }).objects > 0) return null
  if (code === 'copy-failed') return noneCopied
  return code === 'objects-missing' ? noneArrived : null
}

const onlyKept: FailureWords = {
  title: 'Files with these names are there already and differ.',
  meaning: 'You chose never to overwrite, so they were left as they are. Nothing is missing.',
  action: 'Start another migration that replaces what differs. Or rename or remove the files on one side, then run again.',
}

const noneCopied: FailureWords = {
  title: 'No file could be copied.',
  meaning: 'The list below names the reason for each.',
  action: '“Copy what failed” tries them once more.',
}

const noneArrived: FailureWords = {
  title: 'No file arrived.',
  meaning: 'After the copy every file was looked for at the destination. The list below names what stood in the way.',
  action: 'When it is mended, “Copy what failed” copies what is missing or changed.',
}

const destinationRefused: FailureWords = {
  title: 'Carolina Cloud’s bucket refused the copy.',
  meaning: 'The trouble is at the destination, on Carolina Cloud’s side.',
  action: 'Try “Copy what failed” later; if it happens again, send the details to support@carolinacloud.io.',
}

const wordsByCode: Readonly<Record<FailureCode, FailureWords>> = {
  'invalid-access-key': {
    title: 'Source credentials rejected — InvalidAccessKeyId',
    meaning: 'The provider no longer knows the access key. It was probably deleted during the copy.',
    action: 'Make a new key at the source and start another migration with it.',
  },
  'signature-mismatch': {
    title: 'Source credentials rejected — SignatureDoesNotMatch',
    meaning: 'The secret key does not belong to the access key.',
    action: 'Start another migration and paste both as a pair.',
  },
  'access-denied': {
    title: 'Source credentials rejected — AccessDenied',
    meaning: 'The key may not list or read everything. Its permissions may have changed during the copy.',
    action: 'Give it s3:ListBucket and s3:GetObject on the bucket, then choose “Copy what failed”.',
  },
  'region-mismatch': {
    title: 'The source is in another region.',
    meaning: 'S3 refuses requests that are signed for the wrong region.',
    action: 'Start another migration with the bucket’s own region; the source check names it.',
  },
  'bucket-not-found': {
    title: 'Source bucket not found',
    meaning: 'The bucket is no longer at this endpoint.',
    action: 'Check that it still exists and in which region, then start another migration.',
  },
  'source-not-found': {
    title: 'No objects found at source bucket/prefix',
    meaning: 'What was to be copied is no longer there.',
    action: 'Check the prefix at the source, then start another migration.',
  },
  'archived-object': {
    title: 'Object in GLACIER, restore first',
    meaning: 'Files in Glacier or Deep Archive cannot be read until they are restored.',
    action: 'Restore them at the source (3 to 48 hours). Then “Copy what failed” copies only what is missing.',
  },
  unreachable: {
    title: 'The worker could not reach the source.',
    meaning: 'The endpoint did not answer the worker. It may be down, or closed to the internet.',
    action: 'Check that the source can be reached from outside your network, then choose “Copy what failed”.',
  },
  'tls-untrusted': {
    title: 'The source’s certificate is not trusted.',
    meaning: 'The worker sent it nothing, as it could not be sure who answers.',
    action: 'Give the store a certificate from a public authority, then choose “Copy what failed”.',
  },
  'clock-skew': {
    title: 'The source says the time is wrong.',
    meaning: 'Its clock and the worker’s are too far apart for signed requests.',
    action: 'Check the clock of your store, then choose “Copy what failed”.',
  },
  throttled: {
    title: 'The source asked to slow down for too long.',
    meaning: 'It limits how much may be read, and waiting did not help.',
    action: 'Choose “Copy what failed” at a quieter time; raising the limit at the provider helps too.',
  },
  'copy-failed': {
    title: 'Some files could not be copied.',
    meaning: '“Recent activity” names those that failed.',
    action: '“Copy what failed” copies only what is missing or changed.',
  },
  'objects-missing': {
    title: 'Some files did not arrive.',
    meaning:
      'After the copy every file is looked for at the destination, and some were missing. They may have changed at the source meanwhile.',
    action: '“Copy what failed” copies only what is missing or changed.',
  },
  'credentials-not-received': {
    title: 'The secret key did not reach the worker.',
    meaning: 'The worker waited for it, but this app was closed or offline. Nothing can be copied without it.',
    action: 'Choose “Copy what failed” and keep the app open until copying begins.',
  },
  'credentials-unreadable': {
    title: 'The worker could not open the sealed secret key.',
    meaning: 'It was sealed for another worker or damaged on the way.',
    action: 'Choose “Copy what failed”; if it happens again, write to support@carolinacloud.io.',
  },
  'worker-error': {
    title: 'The worker stopped with an error.',
    meaning: 'This is on Carolina Cloud’s side, not in what you typed.',
    action: 'Choose “Copy what failed”; if it happens again, send the details to support@carolinacloud.io.',
  },
  'quota-exceeded': {
    title: 'The destination bucket is full.',
    meaning: 'Its quota was reached during the copy.',
    action: 'Free some space or ask for more at support@carolinacloud.io, then choose “Copy what failed”.',
  },
}
