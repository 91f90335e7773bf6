import type { AppProblem } from '#shared/ipc/problems.ts'
import { isKeychainCode, keyNotReadWords, keyNotRemovedWords } from './keychain.ts'
import { apiOriginWords } from './settings-problems.ts'
import type { Words } from './words.ts'

type Code = AppProblem['code']
type KeychainCode = Extract<Code, `keychain-${string}`>

/** The words for every refusal, from the API or the app itself (E8, E10). */
export function problemWords(
  { code, reference }: Pick<AppProblem, 'code' | 'reference'>,
  keychainName: string,
): Words {
  if (reference === KEY_NOT_REMOVED) return keyNotRemovedWords(keychainName)
  if (isKeychainCode(code)) return keyNotReadWords(code, keychainName)
  if (code === 'report-not-saved') return reportNotSavedWords(reference)
  if (code === 'api-origin-unusable') return apiOriginWords(reference)
  return code === 'source-not-ready' ? refusedSecretWords(reference) : wordsByCode[code]
}

/** Where a list could not be read, nothing has been typed that could be lost. */
export const listProblemWords: typeof problemWords = (problem, keychainName) =>
  problem.code === 'api-unreachable'
    ? { title: wordsByCode['api-unreachable'].title, text: 'Check your internet connection, then try again.' }
    : problemWords(problem, keychainName)

/** `reference`: the system's own code. */
function reportNotSavedWords(reference: string | undefined): Words {
  const title = 'The report could not be saved.'
  if (reference === 'ENOSPC' || reference === 'EDQUOT') {
    return { title, text: 'The disk is full. Free some space or choose another place, then save it again.' }
  }
  if (reference === 'EACCES' || reference === 'EPERM' || reference === 'EROFS') {
    return { title, text: 'The app may not write there. Choose another folder, then save it again.' }
  }
  return { title, text: 'The place could not be written to. Choose another one, then save it again.' }
}

/** A secret that was typed again and tried at the source. `reference`: the code of the finding against it. */
function refusedSecretWords(reference: string | undefined): Words {
  if (reference === 'signature-mismatch') {
    return {
      title: 'The source does not accept this secret key.',
      text: 'It does not belong to the access key, so it was not handed over; the migration still waits. Paste the secret key that was made together with the access key.',
    }
  }
  if (reference === 'invalid-access-key') {
    return {
      title: 'The source no longer knows the access key.',
      text: 'It was probably deleted there, so no secret key can fit it and the copy cannot go on. Cancel this migration, then start again with a new key; what was copied stays.',
    }
  }
  return {
    title: 'The secret key could not be tried at the source.',
    text: 'The check was interrupted, so the key was not handed over; the migration still waits. Hand it over again.',
  }
}

/** The reference of a keychain problem that came up at sign-out. */
const KEY_NOT_REMOVED = 'key-not-removed'

const notUnderstood: Words = {
  title: 'Carolina Cloud did not understand the app.',
  text: 'This version of the app may be too old. Update it; if that does not help, write to support@carolinacloud.io.',
}

const wordsByCode: Readonly<Record<Exclude<Code, KeychainCode | 'source-not-ready' | 'report-not-saved' | 'api-origin-unusable'>, Words>> = {
  unauthenticated: {
    title: 'Carolina Cloud does not accept this API key.',
    text: 'It may be mistyped, revoked or replaced. Sign in with a key from the dashboard, under Settings, API Key.',
  },
  'destination-forbidden': {
    title: 'Your role may not migrate into this bucket.',
    text: 'Only the owner and admins of the organisation may. Ask one of them, or go back and choose your own bucket.',
  },
  'migration-live': {
    title: 'You already have a migration in progress',
    text: 'One migration runs at a time. Watch the live one until it has ended, or cancel it.',
  },
  'migration-ended': {
    title: 'The migration has already ended.',
    text: 'There is nothing left to do for it.',
  },
  'secret-not-awaited': {
    title: 'No worker is waiting for the secret key right now.',
    text: 'The migration may have moved to another worker. If it asks again, give the key again.',
  },
  'report-not-there': {
    title: 'There is no report of this migration any more.',
    text: 'Reports are kept for a while only. Run the migration again: it compares everything once more and makes a new one.',
  },
  'report-damaged': {
    title: 'The report did not arrive whole.',
    text: 'What came does not match its checksum, so it was not kept. Save it once more.',
  },
  'idempotency-key-reused': {
    title: 'This start was already used for other choices.',
    text: 'Go back one step, come here again and start once more.',
  },
  'invalid-fields': {
    title: 'Some fields need another value.',
    text: 'They are marked in the form.',
  },
  'not-found': {
    title: 'This migration or bucket is no longer there.',
    text: 'It may have been removed, or it belongs to another account.',
  },
  'rate-limited': {
    title: 'Too many requests in a short time.',
    text: 'Wait a minute, then try again. Nothing was lost.',
  },
  unavailable: {
    title: 'Carolina Cloud is not ready right now.',
    text: 'Your choices are kept. Try again in a minute.',
  },
  internal: {
    title: 'Something went wrong at Carolina Cloud.',
    text: 'Your choices are kept. Try again; if it happens again, write to support@carolinacloud.io.',
  },
  'malformed-request': notUnderstood,
  'method-not-allowed': notUnderstood,
  'payload-too-large': notUnderstood,
  'unsupported-media-type': notUnderstood,
  'api-unreachable': {
    title: 'Can’t reach Carolina Cloud.',
    text: 'Check your internet connection, then try again. What you typed is kept.',
  },
  'api-tls-untrusted': {
    title: 'The connection to Carolina Cloud is not secure.',
    text: 'Its certificate is not trusted on this computer, so nothing was sent. A company network or a wrong clock can cause this.',
  },
  'api-not-understood': {
    title: 'Carolina Cloud’s answer could not be read.',
    text: 'A network sign-in page may stand in between, or this version of the app is too old. Check both, then try again.',
  },
  'signed-out': {
    title: 'You are signed out.',
    text: 'Sign in, then try again.',
  },
  'login-item-not-changed': {
    title: 'Your system did not take this change.',
    text: 'It may be fixed by your company, or switched off in the system’s own settings. Look there, then try again.',
  },
  'update-held': {
    title: 'The app is needed for your migration right now.',
    text: 'It is being started, or its secret key has yet to be handed over. That rarely takes longer than a minute; the update comes after.',
  },
  'draft-held': {
    title: 'The migration that you have begun to set up would be lost.',
    text: 'Start it first, or quit the app if you do not need what you entered: the update is installed then as well.',
  },
  unexpected: {
    title: 'Something unexpected happened in the app.',
    text: 'Try again. If it happens again, write to support@carolinacloud.io.',
  },
}

export const problemCopy = {
  reference: 'Reference',
  contactSupport: 'Contact support',
} as const
