/** Speed over the last seconds: steady enough to read, quick enough to show that something stopped. */
export interface RateMeter {
  /** Takes the total so far at a moment; gives bytes per second, never negative. */
  add(atMs: number, totalBytes: number): number
}

const windowMs = 5_000

export function createRateMeter(): RateMeter {
  let samples: { readonly atMs: number; readonly totalBytes: number }[] = []
  return {
    add(atMs, totalBytes) {
      samples = [...samples.filter((sample) => atMs - sample.atMs <= windowMs), { atMs, totalBytes }]
      const first = samples[0]
      if (first === undefined || atMs <= first.atMs) return 0
      return Math.max(0, ((totalBytes - first.totalBytes) * 1_000) / (atMs - first.atMs))
    },
  }
}
