import { join, sep } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isInside } from '../../../../src/main/security/is-inside.ts'

describe('isInside', () => {
  it.each([
    ['/app/out', '/app/out', true],
    ['/app/out', '/app/out/index.html', true],
    ['/app/out', '/app/out/../out/a.js', true],
    ['/app/out', '/app/out/..a/b.js', true],
    ['/app/out/', '/app/out/a.js', true],
    ['/app/out', '/app/outside/a.js', false],
    ['/app/out', '/app', false],
    ['/app/out', '/app/out/../../etc/passwd', false],
    ['/app/out', '/etc/passwd', false],
  ])('root %s, path %s → %s', (root, path, expected) => {
    expect(isInside(root, path)).toBe(expected)
  })

  const segment = fc.oneof(fc.constantFrom('..', '.', '...', 'a', ''), fc.stringMatching(/^[\w .%-]{1,8}$/))

  it('agrees with walking the segments one by one, for any mixture of them', () => {
    fc.assert(
      fc.property(fc.array(segment, { maxLength: 12 }), (segments) => {
        // Walks upwards past the root only to never come back under the same name by accident.
        const stack = ['app', 'out']
        for (const part of segments) {
          if (part === '..') stack.pop()
          else if (part !== '.' && part !== '') stack.push(part)
        }
        const expected = stack[0] === 'app' && stack[1] === 'out'
        expect(isInside('/app/out', ['/app/out', ...segments].join(sep))).toBe(expected)
      }),
    )
  })

  it('holds for everything joined below without dots', () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-z]{1,8}$/), { maxLength: 6 }), (segments) => {
        expect(isInside('/app/out', join('/app/out', ...segments))).toBe(true)
      }),
    )
  })
})
