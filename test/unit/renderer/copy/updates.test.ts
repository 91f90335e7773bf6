import { describe, expect, it } from 'vitest'
import { updateWords } from '../../../../src/renderer/copy/updates.ts'

describe('updates in words (B13)', () => {
  const checkedAt = '2026-11-03T10:00:00.000Z'
  const daysLater = (days: number) => Date.parse(checkedAt) + days * 24 * 60 * 60_000
  const words = (days: number) => updateWords({ kind: 'idle', checkedAt }, daysLater(days))

  it.each([0, 1.2, 2])('this is the newest version, %d days after a check found nothing newer', (days) => {
    expect(words(days)).toContain('This is the newest version.')
  })

  it.each([2.1, 20, 400])('nobody knows any more, %d days after the last answer', (days) => {
    expect(words(days)).toContain('This was the newest version, but nothing has been heard since. Last checked: Nov 3')
  })
})
