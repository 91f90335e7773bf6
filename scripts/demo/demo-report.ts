import type { DemoFindings } from './run-demo.ts'
import { sampleObjects } from './sample-bucket.ts'

/** The last line of a headless demo. */
export type DemoReport =
  | { readonly state: 'interrupted' | 'error'; readonly seconds: number }
  | {
      readonly state: 'completed' | 'completed-with-exceptions' | 'failed' | 'cancelled' | 'incomplete'
      readonly objects: number
      readonly bytes: number
      readonly missing: number
      readonly different: number
      readonly seconds: number
      readonly electron: string
      readonly rclone: string
      readonly node: string
      /** Only when something is wrong: the first keys concerned. */
      readonly keys?: readonly string[]
    }

interface RunFacts {
  readonly seconds: number
  readonly rclone: string
  readonly node: string
}

const SHOWN_KEYS = 10

/** Says "completed" only when the window said so and the independent comparison found the whole sample. */
export function describeFindings(findings: DemoFindings, { seconds, rclone, node }: RunFacts): DemoReport {
  const { state, objects, bytes, missing, different, electron } = findings
  const wrong = [...missing, ...different]
  const isWhole = wrong.length === 0 && objects === sampleObjects().length
  return {
    state: state === 'completed' && !isWhole ? 'incomplete' : state,
    objects,
    bytes,
    missing: missing.length,
    different: different.length,
    seconds,
    electron,
    rclone,
    node,
    ...(wrong.length === 0 ? {} : { keys: wrong.slice(0, SHOWN_KEYS) }),
  }
}
