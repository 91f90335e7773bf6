import type { Throughput } from '#shared/contract/schemas.ts'

/** The course of a whole copy in few numbers: when there are too many samples, pairs of them become one. */
export interface ThroughputHistory {
  /** So many bytes arrived during so many seconds that followed what was added before; spread evenly over them. */
  readonly add: (seconds: number, bytes: number) => void
  /** Whole samples only; null before the first. */
  readonly current: () => Throughput | null
}

export const MAX_SAMPLES = 60

export function createThroughputHistory(): ThroughputHistory {
  let secondsPerSample = 1
  /** Bytes per sample; the last one is not whole yet. */
  let samples = [0]
  let elapsedSeconds = 0

  function roomFor(endSeconds: number): void {
    while (endSeconds >= (MAX_SAMPLES + 1) * secondsPerSample) {
      samples = mergePairs(samples)
      secondsPerSample *= 2
    }
  }
  return {
    add(seconds, bytes) {
      const [from, to] = [elapsedSeconds, elapsedSeconds + seconds]
      elapsedSeconds = to
      roomFor(to)
      const [first, last] = [Math.floor(from / secondsPerSample), Math.floor(to / secondsPerSample)]
      for (let index = first; index <= last; index += 1) {
        const begin = Math.max(from, index * secondsPerSample)
        const end = Math.min(to, (index + 1) * secondsPerSample)
        const share = seconds > 0 ? (end - begin) / seconds : Number(index === last)
        samples[index] = (samples[index] ?? 0) + bytes * share
      }
    },
    current() {
      const whole = samples.slice(0, Math.floor(elapsedSeconds / secondsPerSample))
      if (whole.length === 0) return null
      return { secondsPerSample, bytesPerSecond: whole.map((bytes) => Math.round(bytes / secondsPerSample)) }
    },
  }
}

function mergePairs(samples: readonly number[]): number[] {
  return Array.from({ length: Math.ceil(samples.length / 2) }, (_, index) =>
    (samples[2 * index] ?? 0) + (samples[2 * index + 1] ?? 0),
  )
}
