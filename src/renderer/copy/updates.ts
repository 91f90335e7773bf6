import { assertNever } from '#shared/domain/assert-never.ts'
import type { UpdateState } from '#shared/ipc/updates.ts'
import { formatDay } from '../presenters/time-presenter.ts'

export const updatesCopy = {
  title: 'Updates',
  version: (version: string) => `Version ${version}`,
  check: 'Check now',
  checking: 'Checking…',
  restart: 'Restart to update',
  /** In the rail, beside `Settings`. */
  badge: 'Update',
} as const

const offWords: Readonly<Record<Extract<UpdateState, { kind: 'off' }>['reason'], string>> = {
  'not-installed': 'Only an installed app updates itself; this one runs from its source code.',
  'system-package': 'Updates come with your system’s packages.',
  archive: 'This copy came from an archive and does not update itself. Newer ones come from where you got it.',
  'no-feed': 'This copy does not know where updates come from. Install the app again to get them.',
}

const failureWords: Readonly<Record<Extract<UpdateState, { kind: 'failed' }>['failure'], string>> = {
  unreachable: 'The update server could not be reached. Check your connection, then try again; the app also tries by itself.',
  damaged:
    'An update came, but not as it was published: its checksum or signature does not fit. It was thrown away and nothing was installed. If it happens again, write to support@carolinacloud.io.',
  'not-understood': 'The update server’s answer could not be read, so nothing was changed. The app tries again tomorrow.',
  'disk-full': 'There is no room for the update. Free some space, then try again.',
  lost: 'The downloaded update is gone, as if somebody had cleared it away. Nothing was changed. Check again to fetch it anew.',
  'not-replaced': 'The app may not replace itself where it is. Move it into a folder of yours, start it there, then try again.',
}

/** How it stands with updates, in a sentence. */
export function updateWords(state: UpdateState, nowMs: number): string {
  switch (state.kind) {
    case 'off':
      return offWords[state.reason]
    case 'idle':
      return state.checkedAt === null
        ? 'The app looks for updates once a day.'
        : knownNewestWords(state.checkedAt, nowMs)
    case 'checking':
      return 'Looking for a newer version…'
    case 'downloading':
      return `Version ${state.version} is being downloaded: ${state.percent}%.`
    case 'ready':
      return `Version ${state.version} is ready. It is installed when you quit, or now if you restart. A running migration goes on meanwhile.`
    case 'failed':
      return failureWords[state.failure]
    default:
      return assertNever(state)
  }
}

/** A check a day: after two without an answer nobody knows. */
const KNOWN_FOR_MS = 2 * 24 * 60 * 60_000

function knownNewestWords(checkedAt: string, nowMs: number): string {
  const isKnown = nowMs - Date.parse(checkedAt) <= KNOWN_FOR_MS
  const words = isKnown ? 'This is the newest version.' : 'This was the newest version, but nothing has been heard since.'
  return `${words} Last checked: ${formatDay(checkedAt, nowMs)}.`
}
