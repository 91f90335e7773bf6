import type { AppProblem } from '#shared/ipc/problems.ts'

/** At the latest after so long it is looked again, at the earliest after half of it. */
export const LOOK_INTERVAL_MS = 1_000
/** A connection that is away for longer is looked for ten times less often. */
const EAGER_LOOKS = 900
const PATIENT_FACTOR = 10
/** A line that died unseen and an API that is slow look alike: only so often is a call asked anew for it. */
const DOUBT_INTERVAL_MS = 30_000

/** Many apps see at once that the API is back; they come to it spread over so long. */
export const SPREAD_MS = 500

export interface ConnectionWatchPorts {
  /** Whether the API answers; asked anew while an earlier question is still out. */
  readonly isApiThere: () => Promise<boolean>
  /** The system's word: a sure no, an unsure yes. */
  readonly isOnline: () => boolean
  readonly onReturned: () => void
  readonly random?: () => number
}

export interface ConnectionWatch {
  /** What is known of the connection, and whether something is being followed over it. */
  readonly observe: (connection: { readonly problem: AppProblem | null; readonly isInUse: boolean }) => void
  /** The person is here: while there is trouble, now is the time to try. */
  readonly personCame: () => void
  readonly close: () => void
}

/**
 * Sees within about a second that the connection is back, so that whatever waits need not guess. A look is one small
 * question on a line of its own, which costs the API nothing while it is down, and comes at a random moment, so that
 * many apps spread over that second. An API that answers but is busy or broken is left to the long waits instead, and
 * so is one that was there at every look: whoever waits for a slow answer must not be made to ask anew.
 */
export function createConnectionWatch(ports: ConnectionWatchPorts): ConnectionWatch {
  const { isApiThere, isOnline, onReturned, random = Math.random } = ports
  let timer: NodeJS.Timeout | null = null
  let problem: AppProblem | null = null
  let wasOnline = isOnline()
  let looks = 0
  /** Looks up to this one are answered for by a newer one. */
  let settled = 0
  /** A look found nobody, or is still without its answer when the next one is due. */
  let isMissed = false
  let isThere = false
  let looksInARow = 0
  let turn = 0
  let doubtedAt = -Infinity
  let isClosed = false
  let telling: NodeJS.Timeout | undefined

  const ask = async (): Promise<void> => {
    if (settled < looks) isMissed = true
    const mine = ++looks
    looksInARow++
    const answer = await isApiThere()
    if (mine <= settled || !isNetworkProblem(problem)) return
    settled = mine
    const isNews = answer && !isThere && (isMissed || isDoubtDue())
    isThere = answer
    isMissed = !answer
    if (!isNews) return
    clearTimeout(telling)
    telling = setTimeout(onReturned, random() * SPREAD_MS).unref()
  }
  const isDoubtDue = (): boolean => {
    const isDue = Date.now() - doubtedAt > DOUBT_INTERVAL_MS
    if (isDue) doubtedAt = Date.now()
    return isDue
  }
  const look = (): void => {
    const isNowOnline = isOnline()
    const isBack = isNowOnline && !wasOnline
    wasOnline = isNowOnline
    if (isBack) onReturned()
    if (isNowOnline && isNetworkProblem(problem) && isDue()) void ask()
    schedule()
  }
  const isDue = (): boolean => {
    const isPatient = isThere || looksInARow > EAGER_LOOKS
    turn++
    return !isPatient || turn % PATIENT_FACTOR === 0
  }
  const schedule = (): void => {
    timer = setTimeout(look, LOOK_INTERVAL_MS * (1 - random() / 2))
    timer.unref()
  }
  const stop = (): void => {
    if (timer !== null) clearTimeout(timer)
    timer = null
  }
  return {
    observe: (connection) => {
      if (isClosed) return
      if (!isNetworkProblem(problem) && isNetworkProblem(connection.problem)) {
        settled = looks
        isMissed = false
        isThere = false
        looksInARow = 0
      }
      problem = connection.problem
      // Whoever asked by themselves meanwhile needs nobody to break their new line.
      if (!isNetworkProblem(problem)) clearTimeout(telling)
      const isNeeded = connection.isInUse || isNetworkProblem(problem)
      if (!isNeeded) stop()
      else if (timer === null) {
        wasOnline = isOnline()
        schedule()
      }
    },
    personCame: () => {
      if (problem !== null) onReturned()
    },
    close: () => {
      isClosed = true
      clearTimeout(telling)
      stop()
    },
  }
}

/** Nobody who could be our API has answered: no network, a portal that wants a login first, an API that is down. */
function isNetworkProblem(problem: AppProblem | null): boolean {
  const code = problem?.code
  return code === 'api-unreachable' || code === 'api-tls-untrusted' || code === 'api-not-understood'
}
