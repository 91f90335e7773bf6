import { pause } from './pause.ts'
import type { StopSwitch } from './stop-switch.ts'

const RETRY_MS = 500

/**
 * Repeats a write while the database does not answer (B8: it may be restarting), until the lease must be taken
 * for lost; then false, as a write under a lost lease answers. All writes of a held job may be repeated: each
 * names the state it starts from. Throws what the write threw after `patienceMs`.
 */
export async function writePatiently(
  write: () => Promise<boolean>,
  ports: { readonly stopSwitch: StopSwitch; readonly patienceMs: number; readonly onError: (error: unknown) => void },
): Promise<boolean> {
  const givesUpAt = Date.now() + ports.patienceMs
  for (;;) {
    try {
      return await write()
    } catch (error) {
      if (ports.stopSwitch.reason() === 'lease-lost') return false
      if (Date.now() >= givesUpAt) throw error
      ports.onError(error)
      await pause(RETRY_MS)
    }
  }
}
