import { pause } from '../pause.ts'
import { explainStragglerFailure } from './straggler-failure-rules.ts'

const MAX_TRIES = 3
const PAUSE_MS = 1_000

/** Up to three tries, with pauses, as long as the failure may pass. Throws the last failure. */
export async function tryAgain<T>(attempt: () => Promise<T>, signal: AbortSignal): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await attempt()
    } catch (error) {
      if (signal.aborted || tries === MAX_TRIES || explainStragglerFailure(error)?.mayPass !== true) throw error
      await pause(PAUSE_MS * tries, signal)
    }
  }
}
