import { describe, expect, it } from 'vitest'
import { exceptionKindsText, exceptionsCopy } from '../../../../src/renderer/copy/exceptions.ts'
import { listedAmounts } from '../../../../src/renderer/copy/history.ts'
import { comparedText, outcomeSentence, verdictWords } from '../../../../src/renderer/copy/outcome.ts'
import { deleteVerdict } from '../../../../src/renderer/presenters/account-presenter.ts'
import { migration, verification } from '../fixtures.ts'

describe('the one sentence', () => {
  const exceptions = (copied: number, archived: number) =>
    outcomeSentence('completed-with-exceptions', migration({ verification: verification(copied, { archived }) }))

  it('B3: gives both numbers of a migration with exceptions', () => {
    expect(exceptions(51_000, 2)).toBe('51,000 of 51,002 files are safely across, 2 are not.')
    expect(exceptions(51_001, 1)).toBe('51,001 of 51,002 files are safely across, 1 is not.')
    expect(exceptions(1, 1)).toBe('1 of 2 files is safely across, 1 is not.')
  })

  it('B3: does not call a migration safe of which nothing is across', () => {
    expect(exceptions(0, 3)).toBe('All 3 files are not across.')
    expect(exceptions(0, 1)).toBe('The one file is not across.')
  })

  it('S16: counts what is there, copied now or before', () => {
    const alreadyThere = { objects: 1002, bytes: 1 }
    expect(
      outcomeSentence('completed', migration({ verification: verification(50_000, {}, { alreadyThere }) })),
    ).toBe('All 51,002 files are in My Storage, ready to use.')
  })

  it('B3: says of nothing but folder markers that there was no file', () => {
    const verified = verification(0, {}, { markersNotHeld: 3 })
    expect(outcomeSentence('completed', migration({ verification: verified }))).toBe(
      'There was no file to copy, nothing but empty folder markers.',
    )
  })

  it('B3: does not take folder markers that are not held for files that made it', () => {
    const failed = migration({
      state: 'failed',
      progress: { ...migration().progress, copiedObjects: 3, copiedBytes: 0 },
      verification: verification(0, { archived: 2 }, { markersNotHeld: 3 }),
    })
    expect(outcomeSentence('failed', failed)).toBe('All 2 files are not across.')
  })

  it('B4: says of files that were to be kept that they were left', () => {
    const kept = (objects: number) =>
      outcomeSentence('failed', migration({ state: 'failed', verification: verification(0, { 'kept-different': objects }) }))
    expect(kept(3)).toBe('All 3 files differ from those at the destination, which were left as they were.')
    expect(kept(1)).toBe('The one file differs from the one at the destination, which was left as it was.')
  })

  it('S16: says of a cancelled and a failed one what made it', () => {
    expect(outcomeSentence('cancelled', migration({ state: 'cancelled' }))).toBe(
      '12,430 files (1.21 TB) made it to My Storage and stay there.',
    )
    const nothing = { ...migration().progress, copiedObjects: 0 }
    expect(outcomeSentence('failed', migration({ state: 'failed', progress: nothing }))).toBe(
      'It failed before a file was copied.',
    )
  })
})

describe('B3: the verdict in words', () => {
  const now = Date.parse('2026-11-23T12:00:00Z')
  const compared = migration({ startedAt: new Date(2026, 10, 22, 14, 32).toISOString() })
  const words = (...account: Parameters<typeof verification>) =>
    verdictWords(deleteVerdict(verification(...account)), compared, now)

  it('allows deleting only what was compared by checksum, and names it, the moment, and what is not there', () => {
    expect(words(51_002)).toEqual({
      title: 'You may delete the folder photos/ in field-recordings as it was on Nov\u00a022,\u00a014:32.',
      text: 'All 51,002 files were compared by checksum. Older versions, tags and anything added since are not at the destination.',
    })
    expect(words(1).text).toMatch(/^The one file was compared by checksum\. /)
  })

  it.each([
    [{ kind: 'bucket' }, 'everything in the bucket field-recordings'],
    [{ kind: 'folder', prefix: 'a\nb/' }, 'the folder a␊b/ in field-recordings'],
    [{ kind: 'object', key: 'photos/a.jpg' }, 'the file photos/a.jpg in field-recordings'],
  ] as const)('names what was copied: %o', (target, scope) => {
    const source = { ...compared.source, target }
    const { title } = verdictWords({ kind: 'yes', objects: 1 }, { ...compared, source }, now)
    expect(title).toBe(`You may delete ${scope} as it was on Nov\u00a022,\u00a014:32.`)
  })

  it('a year later the moment has its year, and without a start of the copy it is that of the order', () => {
    const later = Date.parse('2027-03-01T12:00:00Z')
    const unstarted = { ...compared, startedAt: null, createdAt: new Date(2026, 10, 21, 9, 5).toISOString() }
    expect(verdictWords({ kind: 'yes', objects: 1 }, unstarted, later).title).toContain('on Nov\u00a021,\u00a02026,\u00a009:05.')
  })

  it('gives no leave where nothing was compared, or the account does not add up', () => {
    const markers = words(0, {}, { markersNotHeld: 3 })
    expect(markers.title).toBe('Nothing was compared.')
    expect(markers.text).toContain('Only empty folder markers')
    expect(words(0).text).toMatch(/^No file was found\./)
    expect(words(5, {}, { byChecksumObjects: 4 }).title).toBe('Do not delete the source yet.')
  })

  it('says of sizes how many and what it means', () => {
    const some = words(5, {}, { byChecksumObjects: 3, bySizeObjects: 2 })
    expect(some.title).not.toContain('may delete')
    expect(some.text).toContain('2 files could be compared by size only')
    expect(some.text).toContain('no proof')
  })

  it('warns while files exist only at the source', () => {
    expect(words(5, { archived: 2 })).toEqual({
      title: 'Do not delete the source yet.',
      text: '2 files exist only there.',
    })
    expect(words(5, { missing: 1, changed: 3 }).text).toBe(
      '1 file exists only there, and 3 files differ from what is at the destination.',
    )
  })

  it('never says “by checksum” of a size comparison', () => {
    expect(comparedText(verification(5, {}, { byChecksumObjects: 0, bySizeObjects: 5 }))).toBe('5 files by size only')
    expect(comparedText(verification(5, {}, { byChecksumObjects: 4, bySizeObjects: 1 }))).toBe(
      '4 files by checksum · 1 file by size only',
    )
    expect(comparedText(verification(0, { failed: 1 }))).toBe('No file')
  })
})

describe('B3: the list of exceptions', () => {
  it('sums up the kinds that there are', () => {
    expect(exceptionKindsText(verification(5, { archived: 1204, failed: 1 }).exceptions)).toBe(
      '1,204 archived · 1 failed',
    )
    expect(exceptionsCopy.more(1204, true)).toBe('and 1,204 more: see the report')
  })

  it('sends nobody to a report that is no longer kept', () => {
    expect(exceptionsCopy.more(1204, false)).toBe('and 1,204 more')
    expect(exceptionsCopy.empty(false)).not.toContain('report')
  })
})

describe('B6: a migration in the history', () => {
  it('tells what is across and how long it took; of a live one how far it is', () => {
    const finishedAt = '2026-11-22T13:32:00Z'
    expect(listedAmounts(migration({ finishedAt, verification: verification(5, { failed: 1 }) }))).toBe(
      '5 files · 50 bytes · 1 h 32 min',
    )
    expect(listedAmounts(migration())).toBe('1.21 of 3.40 TB · 12,430 of 51,002 files')
  })
})
