import { describe, expect, it } from 'vitest'
import { failureCodes } from '#shared/domain/failure-codes.ts'
import { emptyProgress } from '#shared/domain/progress-model.ts'
import { failureWords } from '../../../../src/renderer/copy/failures.ts'
import { migration, verification } from '../fixtures.ts'

const sides = ['source', 'destination', 'worker'] as const
const said = (...[failure, ended]: Parameters<typeof failureWords>) => Object.values(failureWords(failure, ended)).join(' ')

describe('S16: a failure in words, by what the account says', () => {
  it.each(failureCodes)('B3: %s, verified and nothing across: says of no file that it was copied', (code) => {
    const ended = migration({ verification: verification(0, { archived: 2 }, { markersNotHeld: 1 }) })
    for (const side of sides) {
      expect(said({ code, side }, ended)).not.toMatch(/was copied stays|the others|copied and stay|^Some files/i)
    }
  })

  it.each(failureCodes)('S16: %s, before anything was copied: says of no file that it stays', (code) => {
    const ended = migration({ progress: emptyProgress })
    for (const side of sides) expect(said({ code, side }, ended)).not.toMatch(/stays|the others/i)
  })

  it('S17, B8: what has arrived stays, and that is said', () => {
    for (const code of ['archived-object', 'copy-failed', 'quota-exceeded'] as const) {
      expect(said({ code, side: 'source' }, migration())).toContain('What was copied stays.')
    }
    expect(said({ code: 'worker-error', side: 'destination' }, migration())).toContain('What was copied stays.')
  })

  it('B4: files that were to be kept are not missing, and copying them again is not offered', () => {
    const ended = migration({ verification: verification(0, { 'kept-different': 3 }) })
    const words = failureWords({ code: 'objects-missing', side: 'worker' }, ended)
    expect(words.title).toBe('Files with these names are there already and differ.')
    expect(words.meaning).toContain('You chose never to overwrite')
    expect(words.action).not.toContain('Copy what failed')
  })
})
