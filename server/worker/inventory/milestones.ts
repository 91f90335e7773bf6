import { compareKeys, indexBehind } from './key-order-rules.ts'
import { PAGES_AHEAD } from './listing-chain.ts'

/**
 * Paths on the way along a listing, that a first listing leaves for later ones, of either side: those begin at many
 * of them at once. They are hints: objects may come and go. In S3's order.
 */
export interface Milestones {
  /** For one listing: give it each path in turn. */
  readonly record: () => (path: string) => void
  /** The first one behind a path (null: of all); null when there is none. */
  readonly after: (path: string | null) => string | null
}

const KEYS_PER_PAGE = 1_000
/** One key less than a chain reads ahead: so its last page ends with the first key of the next chain. */
const DISTANCE = PAGES_AHEAD * KEYS_PER_PAGE - 1
/** Some megabytes of paths, for 65 million keys. For more keys they stand further apart. */
const MAX_MILESTONES = 16_384

export function createMilestones(distance = DISTANCE, limit = MAX_MILESTONES): Milestones {
  let stride = distance
  let paths: string[] = []
  return {
    record() {
      let passed = 0
      return (path) => {
        passed += 1
        if (passed % stride !== 0) return
        const last = paths.at(-1)
        if (last !== undefined && compareKeys(path, last) <= 0) return
        paths.push(path)
        if (paths.length < limit) return
        paths = paths.filter((_path, index) => index % 2 === 1)
        stride *= 2
      }
    },
    after: (path) => paths[path === null ? 0 : indexBehind(paths, path, (passed) => passed)] ?? null,
  }
}
