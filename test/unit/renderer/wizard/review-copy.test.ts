import { MIB } from '#shared/domain/units.ts'
import type { Finding } from '#shared/ipc/source-check.ts'
import { describe, expect, it } from 'vitest'
import { checkSummary, findingWords } from '../../../../src/renderer/copy/findings.ts'
import { notCopiedLines, sizeText, timeText } from '../../../../src/renderer/copy/review.ts'
import { copyEstimate } from '../../../../src/renderer/presenters/estimate-presenter.ts'
import { survey } from './survey-fixture.ts'

const cap = 200 * MIB
const partial = { ...survey, isComplete: false }
const small = { ...survey, objects: 3, bytes: 5e6 }
const many = { ...survey, objects: 1_000_000, bytes: 1e9 }
const note = (code: Finding['code'], facts: Finding['facts']): Finding => ({ code, severity: 'note', facts, fixes: [] })

describe('S11, B2: how much and how long', () => {
  it('the size, "at least" when not all is counted', () => {
    expect(sizeText(survey)).toBe('842 files, 3.40 TB')
    expect(sizeText(partial)).toBe('At least 842 files, 3.40 TB')
  })

  it.each([
    ['by bytes: no copy is faster than the cap', survey, 'At least 4 h 31 min at 200 MiB/s'],
    ['not all counted', partial, 'At least 4 h 31 min at 200 MiB/s, more once all files are counted'],
    ['by the number of files: a rough guide', many, 'About 56 min, as the files are many; at most 200 MiB/s'],
    ['by number, not all counted', { ...many, isComplete: false }, 'More than about 56 min, as the files are many and not all are counted yet'],
    ['little', small, 'About a minute, at most 200 MiB/s'],
    ['little so far says nothing', { ...small, isComplete: false }, 'Known once all files are counted; at most 200 MiB/s'],
  ])('the time: %s', (_what, counted, text) => expect(timeText(counted, cap)).toBe(text))

  it('does not reckon with archived files: they are not copied', () => {
    const nothing = { minutes: 0, by: 'bytes', isPartial: false }
    expect(copyEstimate({ ...survey, archivedObjects: 842, archivedBytes: 3.4e12 }, cap)).toEqual(nothing)
    expect(copyEstimate({ ...many, archivedObjects: 1_000_000, archivedBytes: 1e9 }, cap)).toEqual(nothing)
  })
})

describe('B2: what is not copied, and why', () => {
  it('always says what no copy carries', () => {
    expect(notCopiedLines(survey, [])).toEqual(['Tags, access rules and older versions of files'])
  })

  it('names archived and unreadable files, tags and storage classes that were seen', () => {
    const findings = [
      note('object-not-readable', { objects: 1, sampled: 4 }),
      note('tags-lost', { objects: 2, sampled: 3, key: 'a', tags: 'team' }),
      note('storage-class-lost', { objects: 2, classes: 'STANDARD_IA, GLACIER_IR' }),
    ]
    expect(notCopiedLines({ ...partial, archivedObjects: 37, archivedBytes: 1.2e9 }, findings)).toEqual([
      'At least 37 archived files, 1.20 GB; the report names each',
      'Files that the key may not read; the report names each',
      'Tags, found on 2 of 3 files tried',
      'Storage classes (STANDARD_IA, GLACIER_IR); all files arrive in the standard class',
      'Access rules and older versions of files',
    ])
    expect(notCopiedLines({ ...survey, archivedObjects: 1, archivedBytes: 5 }, [])[0]).toBe('1 archived file, 5 bytes; the report names it')
  })
})

describe('the findings in words', () => {
  it('S5, B2: counts so far while it counts, then how it ended', () => {
    expect(checkSummary({ kind: 'running', progress: null })).toBe('')
    expect(checkSummary({ kind: 'running', progress: { survey } })).toBe('842 files, 3.40 TB so far…')
    expect(checkSummary({ kind: 'ready', findings: [], isStale: false })).toBe('The source is ready.')
    expect(checkSummary({ kind: 'ready', findings: [], isStale: true })).toBe('You changed something since. Check again.')
  })

  it('S17: archived files are counted and the first is named', () => {
    expect(findingWords(note('archived-object', { objects: 37, more: false, key: 'old/a.dng' })).text).toBe(
      '37 files are archived, the first is old/a.dng. Archived files cannot be read before they are restored.',
    )
    expect(findingWords(note('archived-object', { objects: 1, more: false, key: 'a' })).text).toContain('1 file is archived: a.')
    expect(findingWords(note('archived-object', { objects: 2, more: true, key: 'a' })).text).toContain('At least 2 files are archived')
  })

  it('B2: tags, metadata and classes, with what was seen of the own files', () => {
    expect(findingWords(note('tags-lost', { objects: 2, sampled: 3, key: 'a.jpg', tags: 'team, cost' })).text).toBe(
      'They were found on 2 of 3 files tried. The first is a.jpg, with the tags team, cost.',
    )
    expect(findingWords(note('metadata-kept', { headers: 'Content-Type', ownMetadata: 'camera' })).text).toBe(
      'They arrive with the files: Content-Type, your own metadata (camera).',
    )
    expect(findingWords(note('storage-class-lost', { objects: 1, more: false, classes: 'STANDARD_IA' })).text).toBe(
      '1 file is in STANDARD_IA. At the destination all files are in its standard class.',
    )
  })

  it('E3: some that cannot be read are no reason to stop, and say what follows', () => {
    const words = findingWords(note('object-not-readable', { objects: 1, sampled: 4, key: 'locked.bin' }))
    expect(words.title).toBe('Some files cannot be read: locked.bin')
    expect(words.text).toContain('refused 1 of 4 files tried. What cannot be read is not copied, and the report names it.')
  })

  it('a key cannot bend the sentence around it', () => {
    expect(findingWords(note('tags-lost', { objects: 1, sampled: 1, key: 'a\u202Eb', tags: 't' })).text).toContain('a⟨U+202E⟩b')
  })
})
