import type { Result } from '#shared/domain/result.ts'
import type { AppProblem } from '#shared/ipc/problems.ts'
import type { Logger } from '../logger.ts'
import { parseDeepLink } from './deep-link-parser.ts'

export interface DeepLinkPorts {
  readonly isSignedIn: () => boolean
  /** Fetches the migration and makes it the current one. */
  readonly showMigration: (migrationId: string) => Promise<Result<null, AppProblem>>
  /** It is the current one now: the window goes to it. */
  readonly onOpened: (migrationId: string) => void
  readonly setLinkProblem: (problem: AppProblem | null) => void
  readonly logger: Logger
}

/** Ways to a migration from outside the window. They only ever show something. */
export interface DeepLinks {
  /** Anything but a link of ours is ignored. Before sign-in it waits; a later link takes its place. */
  readonly open: (text: string) => void
  /** The same for a migration of which its notification or the window itself has told. */
  readonly openMigration: (migrationId: string) => void
  readonly signedIn: () => void
  /** What was said about a link belongs to whoever followed it. */
  readonly signedOut: () => void
}

export function createDeepLinks(ports: DeepLinkPorts): DeepLinks {
  let waiting: string | null = null
  /** A later link wins over one that is still being fetched. */
  let newest = Symbol('none')

  const follow = async (migrationId: string): Promise<void> => {
    const mine = Symbol(migrationId)
    newest = mine
    ports.setLinkProblem(null)
    const shown = await ports.showMigration(migrationId)
    if (newest !== mine) return
    if (shown.ok) ports.onOpened(migrationId)
    else if (shown.error.code !== 'signed-out') ports.setLinkProblem(shown.error)
  }
  const openMigration = (migrationId: string): void => {
    if (ports.isSignedIn()) void follow(migrationId)
    else waiting = migrationId
  }
  return {
    openMigration,
    open: (text) => {
      const migrationId = parseDeepLink(text)
      if (migrationId === null) {
        // Not the text: it is somebody else's, and may hold anything.
        ports.logger.warn('deep-link-ignored', { length: text.length })
        return
      }
      openMigration(migrationId)
    },
    signedIn: () => {
      const migrationId = waiting
      waiting = null
      if (migrationId !== null) void follow(migrationId)
    },
    signedOut: () => {
      newest = Symbol('none')
      ports.setLinkProblem(null)
    },
  }
}
