import { assertNever } from '#shared/domain/assert-never.ts'
import type { DestinationView } from '#shared/contract/schemas.ts'
import { type ProviderPreset, providerPresets } from '#shared/domain/provider-presets.ts'
import type { SourceTarget } from '#shared/domain/s3-location-model.ts'
import { placeText } from '../presenters/migration-presenter.ts'
import type { Words } from './words.ts'

export const wizardCopy = {
  steps: { source: 'Source', destination: 'Destination', review: 'Review' },
  stepsLabel: 'Steps',
  back: 'Back',
  continue: 'Continue',
} as const

export const sourceCopy = {
  title: 'Where are the files now?',
  lead: 'Carolina Cloud copies them from here. Nothing at the source is changed.',
  provider: 'Provider',
  providerPlaceholder: 'Search, such as “oregon” or “wasabi”',
  customProvider: 'Custom endpoint…',
  customGroup: 'Any other S3 store',
  endpointFact: 'Endpoint',
  endpointHint:
    'Cloudflare R2, DigitalOcean Spaces, MinIO, Ceph, Google Cloud Storage: the S3 address from their console.',
  regionHint: 'Optional',
  whereSecretGoes: 'Sealed on this computer for the worker that copies. Kept only if you ask for it.',
  check: 'Check source',
  checking: 'Validating source credentials…',
  counting: 'Counting files…',
  stop: 'Stop',
  stopCounting: 'Stop counting',
  demoLead: 'Just looking? The demo has a small bucket ready.',
  fillDemo: 'Fill in the demo source',
  permissions: 'Which permissions?',
  permissionsLead: 'Reading is enough: list the bucket and get its objects. This IAM policy allows exactly that.',
  permissionsBackblaze: 'Reading is enough: an application key for this bucket with listFiles and readFiles.',
  permissionsOther: 'Most S3 stores take this policy as it is; in others choose “read only” for this bucket.',
} as const

export const destinationCopy = {
  title: 'Where should they go?',
  lead: 'Choose one of your Carolina Cloud buckets, and a folder in it.',
  buckets: 'Destination bucket',
  loading: 'Looking up your buckets…',
  failed: 'Your buckets could not be loaded.',
  emptyTitle: 'No bucket yet',
  emptyText: 'Buckets of your account and organisation will be listed here. Make one in the dashboard, then try again.',
  tryAgain: 'Try again',
  mirrors: 'Mirrors the source.',
  edited: 'Edited by you.',
  mirrorAgain: 'Mirror the source again',
  firstFile: 'The first file lands at',
} as const

export const reviewCopy = {
  title: 'Ready to start',
  from: 'From',
  what: 'What',
  to: 'To',
  size: 'Size',
  time: 'Time',
  notCopied: 'Not copied',
  unchanged: 'At the source',
  unchangedFact: 'Nothing is changed or deleted.',
  change: 'Change',
  changeSource: 'Change the source',
  changeDestination: 'Change the destination',
  start: 'Start migration',
  starting: 'Validating source credentials…',
  watchLive: 'Watch the live one',
  cancelLive: 'Cancel the live one…',
} as const

/** The check that precedes each start was ended before it had an answer. */
export const stoppedCheckWords: Words = {
  title: 'The check of the source was stopped.',
  text: 'So nothing was started. Start again when you are ready.',
}

const scopes = { personal: 'Personal', organisation: 'Organisation', project: 'Project' } as const

export function scopeText(destination: DestinationView): string {
  return scopes[destination.scope]
}

export function ownerText(destination: DestinationView): string {
  if (destination.scope === 'personal') return 'Only yours'
  return destination.organisationName ?? scopes[destination.scope]
}

export const notAllowedText =
  'Only the owner and admins of the organisation may migrate into it. Carolina Cloud decides at the start.'

/** For a text that stands by itself. */
export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** After the check: `the whole bucket`, `the folder photos/`, `the one object report.pdf`. */
export function targetText(target: SourceTarget): string {
  switch (target.kind) {
    case 'bucket':
      return 'the whole bucket'
    case 'folder':
      return `the folder ${target.prefix}`
    case 'object':
      return `the one object ${target.key}`
    default:
      return assertNever(target)
  }
}

/** While typing: sure of what the text alone decides, tentative where only the check can tell. */
export function copiesLine(prefix: string, isObjectMeant: boolean, checked: SourceTarget | null): string {
  if (checked !== null) return `Copies: ${targetText(checked)}`
  if (isObjectMeant) return `Copies: ${targetText({ kind: 'object', key: prefix })}`
  if (prefix === '') return 'Copies: the whole bucket'
  if (prefix.endsWith('/')) return `Copies: the folder ${prefix}`
  return `Copies: the one object ${prefix}, or the folder ${prefix}/ (the check will tell)`
}

export interface ReviewFacts {
  readonly target: SourceTarget
  readonly sourceBucket: string
  readonly destination: DestinationView
  readonly folder: string
}

/** One sentence in plain words of what is copied from where to where. */
export function reviewSentence({ target, sourceBucket, destination, folder }: ReviewFacts): string {
  const what =
    target.kind === 'bucket'
      ? `the whole bucket ${sourceBucket}`
      : `${targetText(target)} of the bucket ${sourceBucket}`
  const where = folder === '' ? destination.name : `${destination.name}, into the folder ${folder}`
  return `Carolina Cloud will copy ${what} to ${where}.`
}

/** `AWS S3 · Oregon · us-west-2` where the endpoint is a preset's, else the endpoint's host. */
export function sourcePlace(endpoint: string): string {
  const origin = endpoint.trim()
  const preset = providerPresets.find((candidate) => candidate.endpoint === origin)
  return preset === undefined ? origin.replace(/^https?:\/\//, '') : presetText(preset)
}

export function presetText({ providerName, place, region }: ProviderPreset): string {
  return `${providerName} · ${place} · ${region}`
}

export function destinationPlace(destination: DestinationView, folder: string): string {
  return `${destination.name} · ${placeText(destination.bucket, folder)}`
}
