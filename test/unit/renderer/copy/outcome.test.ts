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
  const words = (...account: Parameters<typeof verification>) => verdictWords(deleteVerdict(verification(...account)))

  it('allows deleting only after a comparison of every file by checksum', () => {
    expect(words(5)).toEqual({
      title: 'You may delete the source when you no longer need it.',
      text: 'Every file was compared by checksum.',
    })
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
    expect(exceptionsCopy.more(1204)).toBe('and 1,204 more: see the report')
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
