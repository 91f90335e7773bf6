import { assertNever } from '#shared/domain/assert-never.ts'
import type { SourceTarget } from '#shared/domain/s3-location-model.ts'
import type { Finding, SourceCheckProgress } from '#shared/ipc/source-check.ts'
import { numberFact, textFact } from '../presenters/finding-presenter.ts'
import { visibleKey } from '../presenters/key-presenter.ts'
import { formatDuration } from '../presenters/time-presenter.ts'
import { fixLabel } from './fields.ts'
import { countingText } from './review.ts'
import {
  archivedWords,
  classesWords,
  keptWords,
  listedWords,
  readableWords,
  tagsWords,
  unreadableWords,
} from './source-findings.ts'
import { sourceCopy, targetText } from './wizard.ts'
import { type Words, words } from './words.ts'

const temporaryKeyText =
  'Keys that begin with ASIA are temporary and need a session token as well. Use a permanent access key, which begins with AKIA.'

/** The words for one line of the findings list (rows E1-E7, E9). Titles of product.md are letter for letter. */
export function findingWords(finding: Finding): Words {
  const words = wordsByCode[finding.code]
  return typeof words === 'function' ? words(finding) : words
}

const wordsByCode: Readonly<Record<Finding['code'], Words | ((finding: Finding) => Words)>> = {
  'source-listed': listedWords,
  'source-readable': readableWords,
  'invalid-access-key': (finding) =>
    words(
      'Source credentials rejected — InvalidAccessKeyId',
      finding.facts['isTemporaryKey'] === true
        ? temporaryKeyText
        : 'The provider does not know this access key. Often the keys belong to another provider than the one chosen; also look for typing errors.',
    ),
  'signature-mismatch': {
    title: 'Source credentials rejected — SignatureDoesNotMatch',
    text: 'The access key is known, but the secret key does not belong to it. Paste both again, as a pair.',
  },
  'access-denied': {
    title: 'Source credentials rejected — AccessDenied',
    text: 'The key is valid but may not list the bucket. Give it s3:ListBucket and s3:GetObject.',
  },
  'object-not-readable': unreadableWords,
  'bucket-not-found': {
    title: 'Source bucket not found',
    text: 'There is no bucket of this name at this endpoint. Check the spelling, and that the provider’s region is the bucket’s own.',
  },
  'nothing-there': nothingThereWords,
  'folder-or-object': {
    title: 'A folder and an object have this name',
    text: 'One migration copies one of them. Choose which; the other can follow in a migration of its own.',
  },
  'region-mismatch': regionWords,
  'archived-object': archivedWords,
  'metadata-kept': keptWords,
  'tags-lost': tagsWords,
  'storage-class-lost': classesWords,
  'host-not-found': (finding) =>
    words(
      'The endpoint’s address does not exist',
      `No server is known as ${hostOf(finding)}. Check the spelling of the endpoint URL.`,
    ),
  'connection-refused': (finding) =>
    words(
      'The endpoint refused the connection',
      `Nothing answers at ${hostOf(finding)}. Check the address and the port, and that the store is running.`,
    ),
  'connection-timeout': (finding) =>
    words(
      'The endpoint did not answer in time',
      `There was no answer from ${hostOf(finding)}${withinText(finding)}. A firewall may block it, the address may be wrong, or the store is slow.`,
    ),
  'tls-untrusted': {
    title: 'The endpoint’s certificate is not trusted',
    text: 'So nothing was sent to it. Check the address; a store of your own needs a certificate from a public authority.',
  },
  'tls-to-plain-http': {
    title: 'The endpoint does not speak https',
    text: 'It answered without encryption. If this is a store in your own network, use http:// in the address.',
  },
  'plain-http-to-tls': {
    title: 'The endpoint speaks only https',
    text: 'The address begins with http://, and the endpoint refused a request without encryption. Use https:// in the address.',
  },
  'not-an-s3-endpoint': (finding) =>
    words(
      'This address is not an S3 endpoint',
      `${foreignAnswerText(textFact(finding, 'contentType') ?? '')} The provider’s documentation names the S3 endpoint.`,
    ),
  'clock-skew': (finding) =>
    words(
      `This computer’s clock is ${skewText(finding)}`,
      'S3 refuses requests signed at the wrong time. Set the clock to update by itself, then check again.',
    ),
  throttled: {
    title: 'The source asks to slow down',
    text: 'It is busy or limits this key. Nothing is wrong with what you typed; check again in a minute.',
  },
  'no-internet': {
    title: 'This computer is offline',
    text: 'Connect to the internet, then check again.',
  },
  'unknown-refusal': (finding) => words('The source refused', refusalText(finding)),
}

/** The label of one fix of this finding. */
export function findingFixLabel(finding: Finding, fix: Finding['fixes'][number]): string {
  if (finding.code !== 'folder-or-object') return fixLabel(fix)
  const folder: SourceTarget = { kind: 'folder', prefix: textFact(finding, 'folder') ?? '' }
  const object: SourceTarget = { kind: 'object', key: textFact(finding, 'object') ?? '' }
  return `Copy ${targetText(fix.prefixMeans === 'object' ? object : folder)}`
}

function withinText(finding: Finding): string {
  const seconds = numberFact(finding, 'seconds')
  return seconds === null ? '' : ` within ${seconds} seconds`
}

function hostOf(finding: Finding): string {
  return textFact(finding, 'host') ?? 'the endpoint'
}

function nothingThereWords(finding: Finding): Words {
  const title = 'No objects found at source bucket/prefix'
  if (finding.facts['isBucketEmpty'] === true) {
    return words(title, 'The bucket and the keys work, but the bucket is empty. Check that it is the right one.')
  }
  const prefix = textFact(finding, 'prefix') ?? ''
  return words(
    title,
    `The bucket and the keys work, but nothing is under ${prefix === '' ? 'this prefix' : visibleKey(prefix)}. Check the prefix, or leave it empty to copy the whole bucket.`,
  )
}

/** By its media type: `text/html; charset=utf-8`. */
function foreignAnswerText(contentType: string): string {
  if (/html/i.test(contentType)) return 'A web page came back: perhaps this is the address of a console or of a website.'
  if (/json/i.test(contentType)) return 'JSON came back, as from another kind of service.'
  return 'Something answered, but not in the way of S3.'
}

function regionWords(finding: Finding): Words {
  const sent = textFact(finding, 'sentRegion')
  const expected = textFact(finding, 'expectedRegion')
  const title = `AuthorizationHeaderMalformed — region '${sent ?? '?'}' is wrong; expecting '${expected ?? '?'}'`
  const text =
    expected === null
      ? 'The bucket is in another region, and S3 refuses requests signed for this one. Choose the bucket’s own region.'
      : `The region is ${expected}${sent === null ? '' : `, not ${sent}`}. S3 refused the request because it was signed for another region.`
  return words(title, text)
}

function refusalText(finding: Finding): string {
  const code = textFact(finding, 's3Code')
  const said = code === null ? '' : ` It said “${code}”.`
  return `It gave a reason this app does not know.${said} Check endpoint, keys and bucket; the provider’s documentation explains the code.`
}

function skewText(finding: Finding): string {
  const seconds = numberFact(finding, 'skewSeconds')
  if (seconds === null || seconds === 0) return 'off'
  const size = Math.abs(seconds)
  // Stores mind minutes, and answers take a while.
  const rounded = size < 60 ? size : Math.round(size / 60) * 60
  return `${formatDuration(rounded * 1000)} ${seconds > 0 ? 'fast' : 'slow'}`
}

export const findingsCopy = {
  title: 'Source check',
  ready: 'The source is ready.',
  blocked: 'The source is not ready yet.',
  stale: 'You changed something since. Check again.',
} as const

type ShownCheck =
  | { readonly kind: 'none' }
  | { readonly kind: 'running'; readonly progress: Pick<SourceCheckProgress, 'survey'> | null }
  | { readonly kind: 'blocked' | 'ready'; readonly findings: readonly Finding[]; readonly isStale: boolean }

/** Beside the list's title: how far the counting is, or how the check has ended. */
export function checkSummary(check: ShownCheck): string {
  if (check.kind === 'none') return ''
  if (check.kind !== 'running') return check.isStale ? findingsCopy.stale : findingsCopy[check.kind]
  const survey = check.progress?.survey ?? null
  return survey === null ? '' : countingText(survey)
}

/** What a screen reader hears of a check: that it runs, that it counts, then how it ended and why. No ticking number. */
export function checkAnnouncement(check: ShownCheck): string {
  switch (check.kind) {
    case 'none':
      return ''
    case 'running':
      return check.progress === null ? sourceCopy.checking : sourceCopy.counting
    case 'blocked':
    case 'ready': {
      if (check.isStale) return findingsCopy.stale
      const told = check.kind === 'ready' ? check.findings : check.findings.filter(({ severity }) => severity !== 'good')
      const titles = told.map((finding) => findingWords(finding).title)
      return [check.kind === 'ready' ? findingsCopy.ready : findingsCopy.blocked, ...titles].join(' ')
    }
    default:
      return assertNever(check)
  }
}
