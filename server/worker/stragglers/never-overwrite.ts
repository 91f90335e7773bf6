import { HeadObjectCommand } from '@aws-sdk/client-s3'
import type { ObjectCopy } from './object-copy.ts'
import { at, StoreError } from './store-error.ts'

/** B4: the destination holds the key already, and keeps what it has. */
export class AlreadyThereError extends Error {
  override readonly name = 'AlreadyThereError'
}

export interface AbsenceCondition {
  readonly IfNoneMatch?: '*'
}

/**
 * B4: to be asked right before something is written, as listings may be hours old and their order unproven. Throws
 * `AlreadyThereError`, and `StoreError` where the destination does not tell.
 */
export async function requireAbsent({ existing, ends, destinationKey, signal }: ObjectCopy): Promise<void> {
  if (existing !== 'never-overwrite') return
  const { client, bucket } = ends.destination
  const lookUp = new HeadObjectCommand({ Bucket: bucket, Key: destinationKey })
  try {
    await at('destination', client.send(lookUp, { abortSignal: signal }))
  } catch (error) {
    if (error instanceof StoreError && error.code === 'NotFound') return
    throw error
  }
  throw new AlreadyThereError(`the destination holds ${destinationKey} already`)
}

/**
 * B4: has the destination refuse what appeared since it was asked, where it takes such a condition. Ceph RGW 16 heeds
 * it for whole objects and ignores it for parts; rclone ignores it. `send` is called again without where it is refused.
 */
export async function sendWhereAbsent<T>(
  existing: ObjectCopy['existing'],
  send: (condition: AbsenceCondition) => Promise<T>,
): Promise<T> {
  if (existing !== 'never-overwrite') return await send({})
  try {
    return await send({ IfNoneMatch: '*' })
  } catch (error) {
    if (!(error instanceof StoreError) || error.side !== 'destination') throw error
    if (error.status === 412) throw new AlreadyThereError(error.message, { cause: error })
    if (error.status !== 501 && !conditionRefusals.has(error.code)) throw error
    return await send({})
  }
}

const conditionRefusals: ReadonlySet<string> = new Set(['NotImplemented', 'InvalidArgument', 'InvalidRequest', 'NotSupported'])
