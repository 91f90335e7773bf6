import type { AccountView } from '#shared/contract/schemas.ts'
import { formatClock } from '#shared/domain/moments.ts'
import type { Words } from './words.ts'

const roles = { owner: 'Owner', admin: 'Admin', member: 'Member' } as const

export const shellCopy = {
  navigation: 'Places',
  newMigration: 'New migration',
  current: 'Current',
  history: 'History',
  settings: 'Settings',
  percentDone: (percent: number) => `${percent}%`,
  signOut: 'Sign out',
  account: 'Account',
  personalAccount: 'Personal account',
  dismiss: 'Dismiss',
  details: 'Details',
  copy: 'Copy',
  copied: 'Copied',
} as const

/** `Admin · Piedmont Research`: the role first, as it must not be cut off. */
export function organisationLine(account: AccountView): string {
  if (account.organisation === null) return shellCopy.personalAccount
  return `${roles[account.organisation.role]} · ${account.organisation.name}`
}

export function connectionWords(isMigrationLive: boolean, since: string): Words {
  return {
    title: `Can’t reach Carolina Cloud since ${formatClock(since)}.`,
    text: isMigrationLive
      ? 'The migration goes on; this page catches up when the connection is back.'
      : 'You can fill in the form. To start, the connection has to be back; the app keeps trying.',
  }
}

export const liveWhilePreparing: Words = {
  title: 'A migration is in progress.',
  text: 'You can prepare the next one here. It can start when this one has ended.',
}
