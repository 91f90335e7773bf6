/** How fast something goes on lately: each second that passes counts less than those after it. */
export interface SmoothedRate {
  readonly add: (seconds: number, amount: number) => void
  /** Per second; 0 before anything was added. */
  readonly perSecond: () => number
}

/** What is older than this hardly counts any more; the longer the copy, the calmer. */
const MIN_MEMORY_SECONDS = 15
const MAX_MEMORY_SECONDS = 300
const MEMORY_SHARE = 0.1

export function createSmoothedRate(): SmoothedRate {
  let measuredSeconds = 0
  let weightedSeconds = 0
  let weightedAmount = 0
  return {
    add(seconds, amount) {
      if (seconds <= 0 && amount === 0) return
      measuredSeconds += seconds
      const memory = Math.min(Math.max(measuredSeconds * MEMORY_SHARE, MIN_MEMORY_SECONDS), MAX_MEMORY_SECONDS)
      const kept = Math.exp(-seconds / memory)
      weightedSeconds = weightedSeconds * kept + seconds
      weightedAmount = weightedAmount * kept + amount
    },
    perSecond: () => (weightedSeconds > 0 ? weightedAmount / weightedSeconds : 0),
  }
}
