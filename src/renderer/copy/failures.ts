import type { FailureCode, MigrationFailure } from '#shared/domain/failure-codes.ts'

/** Why a migration failed: what happened, what it means, what to do. */
export interface FailureWords {
  readonly title: string
  readonly meaning: string
  readonly action: string
}

/** Words for each failure; when our own side refused, the person has nothing to fix and is told so. */
export function failureWords({ code, side }: Pick<MigrationFailure, 'code' | 'side'>): FailureWords {
  return side === 'destination' && code !== 'quota-exceeded' ? destinationRefused : wordsByCode[code]
}

const destinationRefused: FailureWords = {
  title: 'Carolina Cloud’s bucket refused the copy.',
  meaning: 'The trouble is at the destination, on Carolina Cloud’s side. What was copied stays.',
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
    meaning:
      'Files in Glacier or Deep Archive cannot be read until they are restored. The others were copied and stay.',
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
    meaning: 'The others are at the destination. “Recent activity” names those that failed.',
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
    meaning: 'The worker waited for it, but this app was closed or offline. Nothing was copied without it.',
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
    meaning: 'Its quota was reached during the copy. What was copied stays.',
    action: 'Free some space or ask for more at support@carolinacloud.io, then choose “Copy what failed”.',
  },
}
