import { describe, expect, it } from 'vitest'
import { accountOf, deleteVerdict } from '../../../../src/renderer/presenters/account-presenter.ts'
import { verification } from '../fixtures.ts'

describe('B3: the account', () => {
  it('puts every file on one of two heaps', () => {
    const account = accountOf(
      verification(7, { archived: 2, failed: 1, missing: 1, changed: 1, 'kept-different': 1 }, {
        alreadyThere: { objects: 3, bytes: 30 },
      }),
    )
    expect(account).toEqual({ across: { objects: 10, bytes: 100 }, notAcross: { objects: 6, bytes: 60 } })
  })
})

describe('B3: may the source be deleted?', () => {
  it('yes, only when every file was compared by checksum', () => {
    expect(deleteVerdict(verification(5))).toEqual({ kind: 'yes' })
  })

  it('a size comparison is no proof', () => {
    expect(deleteVerdict(verification(5, {}, { byChecksumObjects: 4, bySizeObjects: 1 }))).toEqual({
      kind: 'sizes-only',
      bySizeObjects: 1,
      byChecksumObjects: 4,
    })
  })

  it.each(['archived', 'failed', 'missing'] as const)('not while one is %s: it exists only there', (outcome) => {
    expect(deleteVerdict(verification(5, { [outcome]: 2 }))).toEqual({ kind: 'no', onlyAtSource: 2, differing: 0 })
  })

  it.each(['changed', 'kept-different'] as const)('not while one is %s: another version is there', (outcome) => {
    expect(deleteVerdict(verification(5, { [outcome]: 1, missing: 1 }))).toEqual({
      kind: 'no',
      onlyAtSource: 1,
      differing: 1,
    })
  })
})
