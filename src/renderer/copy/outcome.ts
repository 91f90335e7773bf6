import type { MigrationView, Verification } from '#shared/contract/schemas.ts'
import { formatBytes, formatCount, formatFiles } from '#shared/domain/amounts.ts'
import { assertNever } from '#shared/domain/assert-never.ts'
import { accountOf, arrivedOf, type DeleteVerdict, isOnlyKept } from '../presenters/account-presenter.ts'
import type { OutcomePhase } from '../presenters/migration-presenter.ts'
import { shortenedKey, visibleKey } from '../presenters/key-presenter.ts'
import { formatMoment, formatTook } from '../presenters/time-presenter.ts'
import { migrationCopy } from './migration.ts'
import type { Words } from './words.ts'

export const outcomeCopy = {
  data: 'Data',
  files: 'Files',
  took: 'Took',
  alreadyThere: 'Already there',
  notAcross: 'Not across',
  compared: 'Compared',
  summary: 'Summary',
} as const

export const revokeAdvice: Words = {
  title: 'Revoke the source key now',
  text: 'The migration no longer needs it. Delete the access key at the source, or take back its permission to read. If you let the app remember its secret key, forget that too, in Settings.',
}

/** The one sentence under the headline. */
export function outcomeSentence(outcome: OutcomePhase, migration: MigrationView): string {
  const { verification } = migration
  if (outcome === 'completed') return completedSentence(migration)
  if (outcome === 'completed-with-exceptions' && verification !== null) return exceptionsSentence(verification)
  return arrivedSentence(migration)
}

function completedSentence({ destination, verification }: MigrationView): string {
  const files = verification === null ? 0 : accountOf(verification).across.objects
  if (verification !== null && files === 0) return nothingToCopyText(verification.markersNotHeld)
  const all = files === 0 ? 'Every file is' : files === 1 ? 'The one file is' : `All ${formatFiles(files)} are`
  return `${all} in ${destination.name}, ready to use.`
}

function exceptionsSentence(verification: Verification): string {
  const { across, notAcross } = accountOf(verification)
  const total = across.objects + notAcross.objects
  if (total === 0) return nothingToCopyText(verification.markersNotHeld)
  if (across.objects === 0) return noneAcrossSentence(verification, total)
  const rest = `${formatCount(notAcross.objects)} ${notAcross.objects === 1 ? 'is' : 'are'} not`
  const are = across.objects === 1 ? 'is' : 'are'
  return `${formatCount(across.objects)} of ${formatFiles(total)} ${are} safely across, ${rest}.`
}

function noneAcrossSentence(verification: Verification, total: number): string {
  const isOne = total === 1
  if (!isOnlyKept(verification)) return `${isOne ? 'The one file is' : `All ${formatFiles(total)} are`} not across.`
  return isOne
    ? 'The one file differs from the one at the destination, which was left as it was.'
    : `All ${formatFiles(total)} differ from those at the destination, which were left as they were.`
}

/** Of a cancelled or failed migration: what made it. */
function arrivedSentence(migration: MigrationView): string {
  const { destination, verification, state } = migration
  const { objects, bytes } = arrivedOf(migration)
  if (objects === 0 && verification !== null) return exceptionsSentence(verification)
  if (objects === 0) return `It ${state === 'failed' ? 'failed' : 'was cancelled'} before a file was copied.`
  const files = `${formatFiles(objects)} (${formatBytes(bytes)})`
  return `${files} made it to ${destination.name} and ${objects === 1 ? 'stays' : 'stay'} there.`
}

/** What was copied, and when that began: only what was there by then is sure to have been compared. */
type ComparedSource = Pick<MigrationView, 'source' | 'startedAt' | 'createdAt'>

/** May the source be deleted? Title: the answer, for what and as of when; text: what it rests on, and what it leaves out. */
export function verdictWords(verdict: DeleteVerdict, compared: ComparedSource, nowMs: number): Words {
  switch (verdict.kind) {
    case 'yes': {
      // Never broken within.
      const moment = formatMoment(compared.startedAt ?? compared.createdAt, nowMs).replaceAll(' ', '\u00a0')
      const all = verdict.objects === 1 ? 'The one file was' : `All ${formatFiles(verdict.objects)} were`
      return {
        title: `You may delete ${scopeText(compared.source)} as it was on ${moment}.`,
        text: `${all} compared by checksum. Older versions, tags and anything added since are not at the destination.`,
      }
    }
    case 'sizes-only':
      return {
        title: 'Check a few files before you delete the source.',
        text: sizesOnlyText(verdict.bySizeObjects, verdict.byChecksumObjects),
      }
    case 'no':
      return { title: doNotDelete, text: missingText(verdict.onlyAtSource, verdict.differing) }
    case 'nothing-compared':
      return {
        title: 'Nothing was compared.',
        text: `${verdict.markersNotHeld > 0 ? 'Only empty folder markers were found, which hold no data.' : 'No file was found.'} Look at the source yourself before you delete it.`,
      }
    case 'unproven':
      return {
        title: doNotDelete,
        text: 'Not every file was compared, so it is not sure that all arrived. “Run again” compares everything once more.',
      }
    default:
      return assertNever(verdict)
  }
}

const doNotDelete = 'Do not delete the source yet.'

/** `the folder photos/ in acme` */
function scopeText({ bucket, target }: MigrationView['source']): string {
  switch (target.kind) {
    case 'bucket':
      return `everything in the bucket ${bucket}`
    case 'folder':
      return `the folder ${shortenedKey(visibleKey(target.prefix))} in ${bucket}`
    case 'object':
      return `the file ${shortenedKey(visibleKey(target.key))} in ${bucket}`
    default:
      return assertNever(target)
  }
}

function nothingToCopyText(markersNotHeld: number): string {
  return markersNotHeld === 0
    ? 'There was no file to copy.'
    : `There was no file to copy, nothing but ${markersNotHeld === 1 ? 'an empty folder marker' : 'empty folder markers'}.`
}

function sizesOnlyText(bySize: number, byChecksum: number): string {
  const theyHave = bySize === 1 ? 'It has' : 'They have'
  const meaning = `${theyHave} the right size, but that is no proof that each byte is the same.`
  if (byChecksum === 0) return `All files arrived, but could be compared by size only. ${meaning}`
  return `All files arrived, but ${formatFiles(bySize)} could be compared by size only. ${meaning}`
}

function missingText(onlyAtSource: number, differing: number): string {
  const only = onlyAtSource === 1 ? '1 file exists only there' : `${formatFiles(onlyAtSource)} exist only there`
  const differ =
    differing === 1
      ? '1 file differs from what is at the destination'
      : `${formatFiles(differing)} differ from what is at the destination`
  if (differing === 0) return `${only}.`
  return onlyAtSource === 0 ? `${differ}.` : `${only}, and ${differ}.`
}

/** Verified how: `50,990 by checksum · 12 by size only`. "Verified by checksum" is never said of a size. */
export function comparedText({ byChecksumObjects, bySizeObjects }: Verification): string {
  const parts = [
    ...(byChecksumObjects > 0 ? [`${formatFiles(byChecksumObjects)} by checksum`] : []),
    ...(bySizeObjects > 0 ? [`${formatFiles(bySizeObjects)} by size only`] : []),
  ]
  return parts.length === 0 ? 'No file' : parts.join(' · ')
}

export function markersText(markersNotHeld: number): string {
  return markersNotHeld === 1
    ? '1 empty folder marker is not kept at the destination. It holds no data.'
    : `${formatCount(markersNotHeld)} empty folder markers are not kept at the destination. They hold no data.`
}

export function tookText(ms: number | null): string {
  return ms === null ? migrationCopy.notYet : capitalised(formatTook(ms))
}

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

export const reportCopy = {
  title: 'Full report',
  rows: (rows: number) =>
    `What became of ${rows === 1 ? 'the one file' : `each of the ${formatFiles(rows)}`}, as CSV or JSON.`,
  save: 'Save report…',
  saving: 'Saving…',
  saved: 'The report is saved.',
  fileName: 'File',
  sha256: 'SHA-256',
  removed: 'It is no longer kept at Carolina Cloud. “Run again” compares everything once more and makes a new one.',
} as const

export const runAgainCopy = {
  copyFailed: 'Copy what failed',
  runAgain: 'Run again',
  starting: 'Validating source credentials…',
  secretTitle: 'Please give the secret key of the source',
  secretText: 'Only what is missing or changed will be copied.',
  notKept: (accessKeyId: string) => `The secret key that belongs to ${accessKeyId} was not kept.`,
  remember: (keychainName: string) => `Remember in ${keychainName}`,
  notNow: 'Not now',
  stopping: 'Stopping…',
  otherSecret: 'The access key is known, but this secret key does not belong to it. Paste the one that was made with it.',
  sourceTitle: 'The source is not ready',
  sourceAction: 'To change how the source is reached, start another migration.',
} as const

/** B7: the start worked, the keychain did not. `reason`: what the keychain's trouble was. */
export function rememberProblemWords(reason: string): Words {
  return {
    title: 'The migration has started, but the secret key is not remembered.',
    text: `${reason} If a worker needs the key once more, the app asks you for it.`,
  }
}
