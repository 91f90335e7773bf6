/** Why a job ends before its work is done. */
export type StopReason =
  /** The person asked for it. */
  | 'cancelled'
  /** The lease ran out or another worker holds it: nothing may be written any more. */
  | 'lease-lost'
  /** This worker is told to go; the job goes back. */
  | 'worker-stopping'

/** One way down for everything a job has running. */
export interface StopSwitch {
  readonly signal: AbortSignal
  /** Null while the job may go on. */
  readonly reason: () => StopReason | null
  /** The first reason counts. */
  readonly stop: (reason: StopReason) => void
}

export function createStopSwitch(): StopSwitch {
  const controller = new AbortController()
  let reason: StopReason | null = null
  return {
    signal: controller.signal,
    reason: () => reason,
    stop(why) {
      reason ??= why
      controller.abort()
    },
  }
}
