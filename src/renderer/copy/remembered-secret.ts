import type { AppProblem } from '#shared/ipc/problems.ts'
import { atStart } from './keychain.ts'
import { problemWords } from './problems.ts'
import type { Words } from './words.ts'

type Problem = Pick<AppProblem, 'code' | 'reference'>

/** Why the remembered secret key of a source could not be used (B7): the same refusals as of the API key, other news. */
export function rememberedSecretWords(problem: Problem, keychainName: string): Words {
  const { code, reference } = problem
  if (code === 'source-not-ready' && reference === 'signature-mismatch') return noLongerFits
  const words = keychainWords[code]
  if (words === undefined) return problemWords(problem, keychainName)
  return {
    title: `${atStart(keychainName)} ${words.title}`,
    text: `The remembered secret key of the source could not be read. ${words.text}`,
  }
}

/** After the keychain's own name, and after what it means. */
const keychainWords: Readonly<Partial<Record<Problem['code'], Words>>> = {
  'keychain-unavailable': { title: 'is not available.', text: 'Type the secret key.' },
  'keychain-locked': { title: 'is locked.', text: 'Unlock it, or type the secret key.' },
  'keychain-denied': {
    title: 'did not let the app in.',
    text: 'Allow it when your system asks, or type the secret key.',
  },
  'keychain-timeout': {
    title: 'did not answer.',
    text: 'A prompt of it may be waiting behind other windows. You can type the secret key instead.',
  },
}

const noLongerFits: Words = {
  title: 'The remembered secret key no longer fits.',
  text: 'The source knows the access key, but not with this secret key. Type the one that was made with it.',
}
