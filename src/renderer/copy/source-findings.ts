import { formatBytes, formatFiles } from '#shared/domain/amounts.ts'
import type { Finding } from '#shared/ipc/source-check.ts'
import { numberFact, textFact } from '../presenters/finding-presenter.ts'
import { visibleKey } from '../presenters/key-presenter.ts'
import { ofSampled } from './review.ts'
import { type Words, words } from './words.ts'

// The words for what a preflight finds in a source that it could list (B2, E3, E7).

export function listedWords(finding: Finding): Words {
  const objects = numberFact(finding, 'objects')
  const bytes = numberFact(finding, 'bytes')
  const fits = 'The endpoint, the keys and the bucket fit together.'
  if (objects === null || bytes === null) return words('The bucket can be listed', fits)
  const amount = `${formatFiles(objects)}, ${formatBytes(bytes)}`
  return finding.facts['more'] === true
    ? words(`The bucket can be listed: at least ${amount}`, 'The rest is counted when the migration starts.')
    : words(`The bucket can be listed: ${amount}`, fits)
}

export function readableWords(finding: Finding): Words {
  const tried = numberFact(finding, 'objects')
  return words(
    'The files can be read',
    tried === null ? 'The key may open what it lists.' : `Tried with ${tried === 1 ? 'one' : tried} of them.`,
  )
}

export function unreadableWords(finding: Finding): Words {
  const why =
    'The key lacks s3:GetObject, or the files are encrypted with a key it may not use.'
  const key = textFact(finding, 'key')
  if (finding.severity !== 'note') {
    const refused = key === null ? '' : `: ${visibleKey(key)} was refused`
    return words('Source credentials rejected — AccessDenied', `The files can be listed but not read${refused}. ${why}`)
  }
  return words(
    titleWithKey('Some files cannot be read', finding),
    `The source refused ${ofSampled(finding)}. What cannot be read is not copied, and the report names it. ${why}`,
  )
}

export function keptWords(finding: Finding): Words {
  const own = textFact(finding, 'ownMetadata')
  const kept = [textFact(finding, 'headers'), ...(own === null ? [] : [`your own metadata (${visibleKey(own)})`])]
  const told = kept.filter((part) => part !== null)
  return words(
    'Content type and metadata are kept',
    told.length === 0 ? 'They arrive with the files.' : `They arrive with the files: ${told.join(', ')}.`,
  )
}

export function tagsWords(finding: Finding): Words {
  const key = textFact(finding, 'key')
  const tags = textFact(finding, 'tags')
  const first = key === null || tags === null ? '' : ` The first is ${visibleKey(key)}, with the ${tags.includes(',') ? 'tags' : 'tag'} ${visibleKey(tags)}.`
  return words('Tags are not copied', `They were found on ${ofSampled(finding)}.${first}`)
}

export function classesWords(finding: Finding): Words {
  const objects = numberFact(finding, 'objects')
  const classes = textFact(finding, 'classes')
  const found =
    objects === null || classes === null
      ? ''
      : `${finding.facts['more'] === true ? 'At least ' : ''}${formatFiles(objects)} ${objects === 1 ? 'is' : 'are'} in ${visibleKey(classes)}. `
  return words('Storage classes are not kept', `${found}At the destination all files are in its standard class.`)
}

export function archivedWords(finding: Finding): Words {
  const objects = numberFact(finding, 'objects')
  const key = textFact(finding, 'key')
  const isOne = objects === 1 && finding.facts['more'] !== true
  const found =
    objects === null
      ? 'Archived files were found'
      : `${finding.facts['more'] === true ? 'At least ' : ''}${formatFiles(objects)} ${objects === 1 ? 'is' : 'are'} archived`
  const named = key === null ? '' : isOne ? `: ${visibleKey(key)}` : `, the first is ${visibleKey(key)}`
  const meaning = 'Archived files cannot be read before they are restored.'
  return words(
    'Object in GLACIER, restore first',
    finding.severity === 'note'
      ? `${found}${named}. ${meaning}`
      : `${found}${named}. ${meaning} Restore them at the source (up to 48 hours), then check again.`,
  )
}

function titleWithKey(title: string, finding: Finding): string {
  const key = textFact(finding, 'key')
  return key === null ? title : `${title}: ${visibleKey(key)}`
}
