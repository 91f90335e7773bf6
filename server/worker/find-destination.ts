import { err, ok } from '#shared/domain/result.ts'
import type { CredentialVault } from '../directory/credential-vault.ts'
import type { BucketCredentialsStore } from '../stores/bucket-credentials-store.ts'
import type { JobPorts } from './job-ports.ts'

/** Reads the destination bucket and opens its secret, for one job. */
export function createDestinationFinder(
  buckets: BucketCredentialsStore,
  vault: CredentialVault,
): JobPorts['findDestination'] {
  return async (bucketId) => {
    const found = await buckets.find(bucketId)
    if (found === null) throw new Error('the destination bucket is not in the directory')
    const { secretCiphertext, bucketId: _bucketId, ...side } = found
    const secret = vault.open(secretCiphertext, bucketId)
    if (secret.ok) return ok({ ...side, secretAccessKey: secret.value })
    return err({
      code: 'worker-error',
      side: 'destination',
      message: 'the destination bucket’s stored secret does not open with this worker’s key',
      exitCode: null,
    })
  }
}
