/** What another copy may mend, as paths below the copied root: the way rclone is told to copy them. */
export interface MendableObjects {
  /** All of them, also those that the worker copies itself. */
  readonly objects: number
  /** Of those for rclone, at most `MAX_KEPT_PATHS`. */
  readonly paths: readonly string[]
  /** Of those: what rclone takes for present, because it compares the size only. */
  readonly stalePaths: readonly string[]
  /** No path had to be left out. */
  readonly isComplete: boolean
  /** The same for the worker's own copies, by destination key. */
  readonly staleStragglers: ReadonlySet<string>
}

/** About 30 MB of keys. */
const MAX_KEPT_PATHS = 100_000

export interface MendableCollector extends MendableObjects {
  readonly add: (object: {
    readonly destinationKey: string
    readonly isStale: boolean
    readonly isForRclone: boolean
  }) => void
}

export function createMendableCollector(destinationPrefix: string, maxKept = MAX_KEPT_PATHS): MendableCollector {
  const paths: string[] = []
  const stalePaths: string[] = []
  const staleStragglers = new Set<string>()
  let objects = 0
  let isComplete = true
  return {
    add({ destinationKey, isStale, isForRclone }) {
      objects += 1
      if (!isForRclone) {
        if (isStale && staleStragglers.size < maxKept) staleStragglers.add(destinationKey)
        return
      }
      const path = destinationKey.slice(destinationPrefix.length)
      if (isStale && stalePaths.length < maxKept) stalePaths.push(path)
      if (paths.length < maxKept) paths.push(path)
      else isComplete = false
    },
    get objects() {
      return objects
    },
    paths,
    stalePaths,
    staleStragglers,
    get isComplete() {
      return isComplete
    },
  }
}
