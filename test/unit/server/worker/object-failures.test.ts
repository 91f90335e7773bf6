import { describe, expect, it } from 'vitest'
import { createObjectFailures } from '../../../../server/worker/object-failures.ts'

const denied = { reason: 'access-denied', detail: 'no' } as const
const archived = { reason: 'archived-object', detail: 'frozen' } as const

describe('createObjectFailures', () => {
  it('B3: keeps the latest failure of an object, until it arrives', () => {
    const failures = createObjectFailures()
    failures.note('a', { reason: 'throttled', detail: 'later' })
    failures.note('a', denied)
    expect(failures.find('a')).toEqual(denied)
    expect(failures.keysOf('access-denied')).toEqual(['a'])
    expect(failures.keysOf('throttled')).toEqual([])
    failures.forget('a')
    expect(failures.find('a')).toBeNull()
  })

  it('B3: does not keep a key that no listing holds', () => {
    const failures = createObjectFailures()
    const [longest, tooLong] = ['é'.repeat(1_024), 'é'.repeat(1_025)]
    for (const key of [longest, tooLong]) failures.note(key, denied)
    expect([failures.find(longest), failures.find(tooLong)]).toEqual([denied, null])
  })

  it('B3: is bounded, says so, and still renews what it keeps', () => {
    const failures = createObjectFailures(2)
    for (const key of ['a', 'b']) failures.note(key, denied)
    expect(failures.isFull()).toBe(false)
    failures.note('c', denied)
    failures.note('b', { ...denied, detail: 'still no' })
    expect([failures.find('c'), failures.find('b')?.detail, failures.isFull()]).toEqual([null, 'still no', true])
  })

  it('S17: archived objects leave room for other failures', () => {
    const failures = createObjectFailures(4)
    for (const key of ['a', 'b', 'c', 'd', 'e']) failures.note(key, archived)
    failures.note('f', denied)
    expect([failures.find('b'), failures.find('c'), failures.find('f')]).toEqual([archived, null, denied])
  })

  it('cuts what a store may have said at length', () => {
    const failures = createObjectFailures()
    failures.note('a', { ...denied, detail: 'x'.repeat(10_000) })
    expect(failures.find('a')?.detail).toHaveLength(500)
  })
})
