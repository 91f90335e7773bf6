import { describe, expect, it } from 'vitest'
import { accountOf, arrivedOf, deleteVerdict, isOnlyKept } from '../../../../src/renderer/presenters/account-presenter.ts'
import { migration, verification } from '../fixtures.ts'

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

describe('what made it', () => {
  it('B3: is what the account says, not what the copy has counted', () => {
    const counted = migration().progress
    expect(arrivedOf({ progress: counted, verification: null })).toEqual({ objects: 12_430, bytes: 1_214_900_000_000 })
    // Three markers went through the copy, and are not held.
    const account = verification(0, { archived: 1 }, { markersNotHeld: 3 })
    expect(arrivedOf({ progress: { ...counted, copiedObjects: 3 }, verification: account }).objects).toBe(0)
  })
})

describe('B4: what another run would leave as it is', () => {
  it.each([
    [{ 'kept-different': 2 }, true],
    [{ 'kept-different': 2, failed: 1 }, false],
    [{ archived: 2 }, false],
    [{}, false],
  ])('%o: %s', (exceptions, expected) => {
    expect(isOnlyKept(verification(1, exceptions))).toBe(expected)
  })
})

describe('B3: may the source be deleted?', () => {
  it('yes, only when every file was compared by checksum', () => {
    expect(deleteVerdict(verification(5))).toEqual({ kind: 'yes', objects: 5 })
  })

  it('not of nothing: folder markers prove nothing', () => {
    expect(deleteVerdict(verification(0, {}, { markersNotHeld: 3 }))).toEqual({
      kind: 'nothing-compared',
      markersNotHeld: 3,
    })
  })

  it.each([
    { byChecksumObjects: 4, bySizeObjects: 0 },
    { byChecksumObjects: 0, bySizeObjects: 0 },
    { byChecksumObjects: 6, bySizeObjects: 0 },
    { byChecksumObjects: 3, bySizeObjects: 1 },
  ])('not when the account of five does not add up: %o', (compared) => {
    expect(deleteVerdict(verification(5, {}, compared))).toEqual({ kind: 'unproven' })
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
