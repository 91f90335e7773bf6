import { formatBytes, formatCount, formatFiles, formatRate } from '#shared/domain/amounts.ts'
import type { Finding, Survey } from '#shared/ipc/source-check.ts'
import { copyEstimate } from '../presenters/estimate-presenter.ts'
import { numberFact, textFact } from '../presenters/finding-presenter.ts'
import { visibleKey } from '../presenters/key-presenter.ts'
import { formatDuration } from '../presenters/time-presenter.ts'

export const archivedCopy = {
  question: 'What should happen to the archived files?',
  missed: 'Choose one to go on.',
  choices: {
    'copy-rest': {
      name: 'Copy the rest and list these',
      detail: 'The archived files stay at the source. The report names each of them.',
    },
    stop: { name: 'Stop here', detail: 'Restore them at the source first, then check it again.' },
  },
  howToRestore:
    'To restore them at AWS: open the bucket, select the files, choose Actions, then Initiate restore, and give enough days for the copy. It takes up to 12 hours, from Deep Archive up to 48, and AWS charges for it.',
} as const

export const optionsCopy = {
  existing: 'Files that are already at the destination',
  policies: {
    'replace-different': {
      name: 'Replace files that differ',
      detail: 'The source’s file takes their place. Files that are the same are left as they are.',
    },
    'never-overwrite': {
      name: 'Never overwrite',
      detail: 'They stay as they are. Those that differ from the source are listed in the report.',
    },
  },
  remember: (keychainName: string) => `Remember this secret key in ${keychainName}`,
  rememberHint: 'For running this migration again without typing it.',
} as const

/** `51,002 files, 3.40 TB`, `At least 51,002 files, 3.40 TB`. */
export function sizeText(survey: Survey): string {
  const amount = `${formatFiles(survey.objects)}, ${formatBytes(survey.bytes)}`
  return survey.isComplete ? amount : `At least ${amount}`
}

/** `51,002 files, 3.40 TB so far…`: while the check still counts. */
export function countingText(survey: Survey): string {
  return `${formatFiles(survey.objects)}, ${formatBytes(survey.bytes)} so far…`
}

/** `At least 4 h 43 min at 200 MiB/s`: the cap is the server's, and no copy is faster than it. */
export function timeText(survey: Survey, capBytesPerSecond: number): string {
  const { minutes, by, isPartial } = copyEstimate(survey, capBytesPerSecond)
  const cap = formatRate(capBytesPerSecond)
  if (minutes === 0) return isPartial ? `Known once all files are counted; at most ${cap}` : `About a minute, at most ${cap}`
  const duration = formatDuration(minutes * 60_000)
  if (by === 'objects') {
    return isPartial
      ? `More than about ${duration}, as the files are many and not all are counted yet`
      : `About ${duration}, as the files are many; at most ${cap}`
  }
  return `At least ${duration} at ${cap}${isPartial ? ', more once all files are counted' : ''}`
}

/** What stays behind, one line each, and never no line: some things no copy between stores carries. */
export function notCopiedLines(survey: Survey, findings: readonly Finding[]): readonly string[] {
  const { archivedObjects, archivedBytes, isComplete } = survey
  const unread = findings.find(({ code }) => code === 'object-not-readable')
  const tags = findings.find(({ code }) => code === 'tags-lost')
  const classes = findings.find(({ code }) => code === 'storage-class-lost')
  return [
    ...(archivedObjects === 0
      ? []
      : [
          `${isComplete ? '' : 'At least '}${formatCount(archivedObjects)} archived ${archivedObjects === 1 ? 'file' : 'files'}, ${formatBytes(archivedBytes)}; the report names ${archivedObjects === 1 ? 'it' : 'each'}`,
        ]),
    ...(unread === undefined ? [] : ['Files that the key may not read; the report names each']),
    ...(tags === undefined ? [] : [`Tags, found on ${ofSampled(tags)}`]),
    ...(classes === undefined
      ? []
      : [`Storage classes (${visibleKey(textFact(classes, 'classes') ?? 'STANDARD_IA')}); all files arrive in the standard class`]),
    `${tags === undefined ? 'Tags, access rules' : 'Access rules'} and older versions of files`,
  ]
}

/** `2 of 5 files tried`. */
export function ofSampled(finding: Finding): string {
  const [objects, sampled] = [numberFact(finding, 'objects'), numberFact(finding, 'sampled')]
  if (objects === null || sampled === null) return 'some of the files tried'
  return `${formatCount(objects)} of ${formatFiles(sampled)} tried`
}
