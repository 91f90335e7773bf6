import type { MigrationView } from '#shared/contract/schemas.ts'
import { formatBytes, formatFiles } from '#shared/domain/amounts.ts'
import { arrivedOf } from '../presenters/account-presenter.ts'
import { elapsedMs, type MigrationPhase, progressNumbers } from '../presenters/migration-presenter.ts'
import { formatTook } from '../presenters/time-presenter.ts'

export const historyCopy = {
  title: 'History',
  search: 'Search by bucket',
  searchPlaceholder: 'Bucket or destination',
  clearSearch: 'Empty the search',
  loading: 'Loading your migrations…',
  failedTitle: 'Your migrations could not be loaded.',
  tryAgain: 'Try again',
  emptyTitle: 'No migration yet',
  emptyText: 'Each migration of your account will be listed here, with its report and a way to run it again.',
  startFirst: 'Start a migration',
  noMatch: (search: string) => `No migration has “${search}” in its buckets.`,
  noMatchText: 'Try a part of the name of the source bucket, the destination or its bucket.',
  showMore: 'Show more',
  loadingMore: 'Loading…',
  back: 'Back to history',
  to: 'to',
} as const

/** What is read out as the list changes. */
export function historyAnnouncement(count: number, hasMore: boolean): string {
  return `${hasMore ? 'The first ' : ''}${count === 1 ? '1 migration' : `${count} migrations`}`
}

/** The state of a migration in one or two words, for a list. */
export const stateWords: Readonly<Record<MigrationPhase, string>> = {
  'waiting-for-worker': 'Waiting for a worker',
  'secret-needed': 'Waiting for the secret key',
  'handing-over': 'Waiting for the secret key',
  sizing: 'Calculating size',
  copying: 'Copying',
  'waiting-for-source': 'Waiting for the source',
  'waiting-for-destination': 'Waiting for the destination',
  paused: 'Paused',
  verifying: 'Checking',
  cancelling: 'Cancelling',
  completed: 'Complete',
  'completed-with-exceptions': 'With exceptions',
  failed: 'Failed',
  cancelled: 'Cancelled',
}

/** `51,002 files · 3.40 TB · 4 h 51 min`; of a live one what is known so far. */
export function listedAmounts(migration: MigrationView): string {
  const { progress, finishedAt } = migration
  if (finishedAt === null) return progressNumbers(progress) ?? ''
  const { objects, bytes } = arrivedOf(migration)
  const took = elapsedMs(migration, 0)
  return [formatFiles(objects), formatBytes(bytes), ...(took === null ? [] : [formatTook(took)])].join(' · ')
}
