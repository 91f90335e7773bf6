import { describe, expect, it } from 'vitest'
import {
  emptyHistory,
  takeFirstPage,
  takeNextPage,
  takeProblem,
  withNewer,
} from '../../../../src/renderer/features/history/history-model.ts'
import { migration, uuid } from '../fixtures.ts'

const page = (ids: readonly number[], nextCursor: string | null = null) => ({
  migrations: ids.map((n) => migration({ id: uuid(n) })),
  nextCursor,
})
const ids = (migrations: readonly { readonly id: string }[]) => migrations.map(({ id }) => id)

describe('B6: the list of migrations', () => {
  it('a further page is put behind, without what was listed already', () => {
    const first = takeFirstPage(page([5, 4], 'a'), '')
    const both = takeNextPage(first, page([4, 3]))
    expect(ids(both.migrations)).toEqual([uuid(5), uuid(4), uuid(3)])
    expect(both.nextCursor).toBeNull()
  })

  it('a search replaces what is listed, and knows what it answers', () => {
    const first = takeFirstPage(page([5, 4], 'a'), '')
    expect(takeFirstPage(page([9]), 'photos')).toMatchObject({ answeredSearch: 'photos', nextCursor: null })
    expect(ids(takeFirstPage(page([9]), 'photos').migrations)).not.toContain(first.migrations[0]?.id)
  })

  it('E10: a refusal leaves what is listed, and the next answer clears it', () => {
    const failed = takeProblem(takeFirstPage(page([5], 'a'), ''), { code: 'api-unreachable' })
    expect(ids(failed.migrations)).toEqual([uuid(5)])
    expect(failed.problem?.code).toBe('api-unreachable')
    expect(takeNextPage(failed, page([4])).problem).toBeNull()
    expect(emptyHistory.answeredSearch).toBeNull()
  })

  it('the live migration ticks in the list, and an older word of it changes nothing', () => {
    const listed = [migration({ id: uuid(5), revision: 3 }), migration({ id: uuid(4) })]
    const newer = migration({ id: uuid(5), revision: 4, state: 'verifying' })
    expect(withNewer(listed, newer)[0]).toBe(newer)
    expect(withNewer(listed, migration({ id: uuid(5), revision: 2 }))[0]).toBe(listed[0])
    expect(withNewer(listed, null)).toBe(listed)
    expect(withNewer(listed, migration({ id: uuid(77) }))).toEqual(listed)
  })
})
