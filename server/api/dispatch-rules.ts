import type { Account, Destination } from '../stores/ports.ts'

/** S8: into a personal bucket its owner; into the organisation's and its projects' buckets owner and admins. */
export function isDispatchAllowed(account: Account, scope: Destination['scope']): boolean {
  if (scope === 'personal') return true
  return account.organisation?.role === 'owner' || account.organisation?.role === 'admin'
}
