import { formatClock } from '#shared/domain/moments.ts'
import type { Words } from './words.ts'

/** E10: the key that was in use is not accepted any more. */
export function keyRefusedWords(isFormKept: boolean): Words {
  const kept = ' What you filled in is kept, except the secret key of the source.'
  return {
    title: 'Carolina Cloud no longer accepts your API key.',
    text: `It was revoked or replaced. Sign in with a new one.${isFormKept ? kept : ''}`,
  }
}

export const signInCopy = {
  restoring: 'Opening Carolina Migrate…',
  signInInstead: 'Sign in with an API key instead',
  title: 'Sign in to Carolina Cloud',
  lead: 'Copy an S3 bucket into your Carolina Cloud bucket. The copy runs in the cloud, not through this computer.',
  whereToMake: 'You make the key in the dashboard, under Settings, API Key.',
  openDashboard: 'Open the dashboard',
  keptIn: (keychainName: string) => `The key is checked first, then kept in ${keychainName}.`,
  keptIfPossible: (keychainName: string) =>
    `The key is checked first. Unless ${keychainName} takes it, it is kept only until the app quits.`,
  signIn: 'Sign in',
  signingIn: 'Checking the key…',
  useDemo: 'Use the demo account',
  demoLead: 'Just looking? The demo has an account and a small bucket ready.',
} as const

/** The app was started without a connection. */
export function offlineStartWords(since: string): Words {
  return {
    title: `Can’t reach Carolina Cloud since ${formatClock(since)}.`,
    text: 'A running migration goes on without this app. The app opens by itself when the connection is back.',
  }
}

/** At the start, when the keychain does not answer at once: most likely it asks the person something. */
export function waitingForKeychainWords(keychainName: string): Words {
  return {
    title: `Waiting for ${keychainName}…`,
    text: 'Your API key may be in it. It may be asking for its password, perhaps behind other windows.',
  }
}
