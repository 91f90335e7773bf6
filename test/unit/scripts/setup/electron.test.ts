import { describe, expect, it } from 'vitest'
import { isFresh } from '../../../../scripts/setup/electron/official-electron.mjs'

const hourMs = 3_600_000

describe('a download that failed is not tried again', () => {
  const memory = { version: '45.4.1', at: 1_000, reason: 'no route' }

  it.each([
    ['within a day', memory, '45.4.1', 23 * hourMs, true],
    ['but after a day', memory, '45.4.1', 25 * hourMs, false],
    ['but for another version', memory, '45.4.2', hourMs, false],
    ['but when nothing is remembered', null, '45.4.1', hourMs, false],
    ['but when the memory is broken', { version: '45.4.1' }, '45.4.1', hourMs, false],
  ])('%s', (_case, known, version, now, expected) => {
    expect(isFresh(known, version, now)).toBe(expected)
  })
})
