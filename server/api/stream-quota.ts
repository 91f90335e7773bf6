/** How many event streams each account has open. */
export interface StreamQuota {
  /** False when the account has all it may have. */
  take(accountId: string): boolean
  giveBack(accountId: string): void
}

export function createStreamQuota(perAccount: number): StreamQuota {
  const counts = new Map<string, number>()
  return {
    take: (accountId) => {
      const count = counts.get(accountId) ?? 0
      if (count >= perAccount) return false
      counts.set(accountId, count + 1)
      return true
    },
    giveBack: (accountId) => {
      const left = (counts.get(accountId) ?? 1) - 1
      // Accounts without streams leave no trace in memory.
      if (left === 0) counts.delete(accountId)
      else counts.set(accountId, left)
    },
  }
}
