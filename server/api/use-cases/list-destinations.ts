import type { ResponseOf } from '#shared/contract/endpoints.ts'
import { isDispatchAllowed } from '../dispatch-rules.ts'
import type { Account, DestinationStore } from '../../stores/ports.ts'

/** S3: the buckets this account may see, and whether it may dispatch into each. */
export async function listDestinations(
  destinations: DestinationStore,
  account: Account,
): Promise<ResponseOf<'listDestinations'>> {
  const visible = await destinations.listVisible(account.id)
  return { destinations: visible.map((one) => ({ ...one, isDispatchAllowed: isDispatchAllowed(account, one.scope) })) }
}
