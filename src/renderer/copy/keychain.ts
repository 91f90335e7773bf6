import type { AppProblem } from '#shared/ipc/problems.ts'
import type { Words } from './words.ts'

type Problem = Pick<AppProblem, 'code'>
type Reasons = Readonly<Partial<Record<AppProblem['code'], string>>>

/** The key could not be kept, so it is only in memory: why, and how to have it kept. */
export function keptUntilQuitWords({ code }: Problem, keychainName: string): Words {
  return { title: 'You are signed in until you quit the app.', text: `${whyNotKept(code, keychainName)} ${MEMORY_ONLY}` }
}

/** Never in a file instead. */
const MEMORY_ONLY = 'Until then the API key is in memory only, never in a file.'

function whyNotKept(code: AppProblem['code'], name: string): string {
  const reasons: Reasons = {
    'keychain-locked': `${name} is locked. Unlock it, sign out and sign in again to have the key kept.`,
    'keychain-denied': `${name} did not let the app in. Allow it, sign out and sign in again to have the key kept.`,
    'keychain-timeout': `${name} did not answer; a prompt of it may be behind other windows. Answer it, start the app again and sign in.`,
  }
  return reasons[code] ?? `${name} is not available, so there is no safe place for the key on this computer.`
}

/** A remembered secret could not be taken out. */
export function notForgottenWords({ code }: Problem, keychainName: string): Words {
  return { title: 'The secret is still remembered.', text: whyNotForgotten(code, keychainName) }
}

function whyNotForgotten(code: AppProblem['code'], name: string): string {
  const reasons: Reasons = {
    'keychain-locked': `${name} is locked. Unlock it, then forget the source again.`,
    'keychain-denied': `${name} did not let the app in. Allow it when your system asks, then try again.`,
    'keychain-timeout': `${name} did not answer; a prompt of it may be behind other windows. Answer it, then try again.`,
    'keychain-unavailable': `${name} is not available right now. Start it, then try again.`,
  }
  return reasons[code] ?? 'Sign in again, then forget the source once more.'
}
