import type { AppProblem } from '#shared/ipc/problems.ts'
import type { Words } from './words.ts'

type Problem = Pick<AppProblem, 'code'>
type KeychainCode = Extract<AppProblem['code'], `keychain-${string}`>
type Reasons = Readonly<Record<KeychainCode, string>>

export const keychainCopy = {
  tryAgain: 'Try again',
  trying: 'Trying…',
  stillNot: 'Tried again just now, without success.',
} as const

/** At the start of a sentence; the systems' own names keep their first letter. */
export const atStart = (keychainName: string): string => keychainName.replace(/^your /, 'Your ')

export function isKeychainCode(code: AppProblem['code']): code is KeychainCode {
  return code.startsWith('keychain-')
}

/** The key could not be kept, so it is only in memory: why, and how to have it kept. */
export function keptUntilQuitWords({ code }: Problem, keychainName: string): Words {
  const name = atStart(keychainName)
  const reasons: Reasons = {
    'keychain-locked': 'is locked',
    'keychain-denied': 'did not let the app in',
    'keychain-timeout': 'has not answered yet',
    'keychain-unavailable': 'is not available',
  }
  const reason = isKeychainCode(code) ? reasons[code] : reasons['keychain-unavailable']
  return {
    title: 'You are signed in only until the app quits.',
    text: `${name} ${reason}, so the API key is in memory only, never in a file. ${howToKeep(code)}`,
  }
}

function howToKeep(code: AppProblem['code']): string {
  const ways: Reasons = {
    'keychain-locked': 'Unlock it and try again to have the key kept.',
    'keychain-denied': 'Allow the app in when your system asks, and try again to have the key kept.',
    'keychain-timeout': 'Answer its prompt, which may be behind other windows, to have the key kept.',
    'keychain-unavailable': 'Once it runs, try again to have the key kept.',
  }
  return isKeychainCode(code) ? ways[code] : ways['keychain-unavailable']
}

/** Nobody is signed in, and the keychain cannot tell whether it holds a key (E10: not as if the key were gone). */
export function keyNotReadWords(code: KeychainCode, keychainName: string): Words {
  const name = atStart(keychainName)
  const untilQuit = 'or sign in with the API key: it is then kept in memory only until the app quits.'
  const words: Readonly<Record<KeychainCode, Words>> = {
    'keychain-unavailable': {
      title: `${name} is not available.`,
      text: `There is no other safe place for the API key on this computer. Start it and try again, ${untilQuit}`,
    },
    'keychain-locked': {
      title: `${name} is locked.`,
      text: `Your API key may be in it. Unlock it and try again, ${untilQuit}`,
    },
    'keychain-denied': {
      title: `${name} did not let the app in.`,
      text: `Your API key may be in it. Allow the app in when your system asks and try again, ${untilQuit}`,
    },
    'keychain-timeout': {
      title: `${name} did not answer.`,
      text: `A prompt of it may be waiting behind other windows. Answer it and try again, ${untilQuit}`,
    },
  }
  return words[code]
}

/** At sign-out, or at the start after it. */
export function keyNotRemovedWords(keychainName: string): Words {
  return {
    title: `You are signed out, but the API key may still be in ${keychainName}.`,
    text: 'The app could not take it out. It tries once more at its next start, or when you try again, and will not sign in with it.',
  }
}

/** A remembered secret could not be taken out. */
export function notForgottenWords({ code }: Problem, keychainName: string): Words {
  return { title: 'The secret is still remembered.', text: whyNotForgotten(code, atStart(keychainName)) }
}

function whyNotForgotten(code: AppProblem['code'], name: string): string {
  const reasons: Reasons = {
    'keychain-locked': `${name} is locked. Unlock it, then forget the source again.`,
    'keychain-denied': `${name} did not let the app in. Allow it when your system asks, then try again.`,
    'keychain-timeout': `${name} did not answer; a prompt of it may be behind other windows. Answer it, then try again.`,
    'keychain-unavailable': `${name} is not available right now. Start it, then try again.`,
  }
  return isKeychainCode(code) ? reasons[code] : 'Sign in again, then forget the source once more.'
}
