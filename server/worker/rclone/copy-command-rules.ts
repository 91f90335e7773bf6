import { assertNever } from '#shared/domain/assert-never.ts'
import type { ExistingPolicy } from '#shared/domain/object-outcome.ts'
import { destinationKey, type SourceTarget } from '#shared/domain/s3-location-model.ts'
import { stragglerFilter } from '../stragglers/rclone-filter.ts'
import type { RcJobCommand } from './rclone-rc-client.ts'
import {
  destinationRemote,
  type S3RemoteCredentials,
  type S3RemoteLocation,
  sourceRemote,
} from './rclone-remotes.ts'
import { transferProfile } from './transfer-profile.ts'

export interface CopyEnd {
  readonly location: S3RemoteLocation
  readonly credentials: S3RemoteCredentials
}

export interface CopyPlan {
  readonly source: CopyEnd
  readonly destination: CopyEnd
  readonly target: SourceTarget
  /** `` or a folder ending in `/`. */
  readonly destinationPrefix: string
  readonly existing: ExistingPolicy
  /**
   * Copies these, and only these, whatever is at the destination (but nothing is overwritten when `existing` forbids
   * it): a file with their paths below the copied root, each ended by NUL. A single object needs no list and ignores
   * it.
   */
  readonly forcedPathsFile?: string
}

export interface CopyCommand {
  readonly command: RcJobCommand
  /** Holds both secrets in clear: goes to rclone's socket and nowhere else. */
  readonly input: Readonly<Record<string, unknown>>
}

/** The rc command that copies the target, each key to where `destinationKey` says. */
export function copyCommand(plan: CopyPlan): CopyCommand {
  const { source, destination, target, destinationPrefix } = plan
  const from = (folder: string): unknown => sourceRemote(source.location, source.credentials, folder)
  const to = (folder: string): unknown => destinationRemote(destination.location, destination.credentials, folder)
  const isForced = plan.forcedPathsFile !== undefined
  const config = {
    ...jobConfig(),
    ...(isForced ? { IgnoreTimes: true } : {}),
    // Also of `operations/copyfile`, and stronger than IgnoreTimes (NeedTransfer in fs/operations of rclone 1.75).
    ...(plan.existing === 'never-overwrite' ? { IgnoreExisting: true } : {}),
  }
  // rclone refuses a list beside other rules; it names no straggler.
  const filter = isForced ? { FilesFrom0: [plan.forcedPathsFile] } : stragglerFilter()
  const whole = { _config: config, _filter: filter }
  switch (target.kind) {
    case 'bucket':
      return {
        command: 'sync/copy',
        input: { srcFs: from(''), dstFs: to(destinationPrefix), ...whole },
      }
    case 'folder':
      return {
        command: 'sync/copy',
        input: { srcFs: from(target.prefix), dstFs: to(destinationPrefix), ...whole },
      }
    case 'object':
      return {
        command: 'operations/copyfile',
        input: {
          srcFs: from(''),
          srcRemote: target.key,
          dstFs: to(''),
          dstRemote: destinationKey(target, destinationPrefix, target.key),
          _config: config,
        },
      }
    default:
      return assertNever(target)
  }
}

/**
 * The source key of what rclone's log calls `object`: a path relative to the copied root, with control characters in
 * rclone's own writing. Keys that hold those signs themselves are never rclone's (`isBeyondRclone`).
 */
export function sourceKeyOf(target: SourceTarget, object: string): string {
  const path = object
    .replace(/[\u2401-\u241f]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0x2400))
    .replaceAll('\u2421', '\x7f')
  return target.kind === 'folder' ? target.prefix + path : path
}

function jobConfig(): Readonly<Record<string, unknown>> {
  return {
    Transfers: transferProfile.transfers,
    Checkers: transferProfile.checkers,
    BufferSize: transferProfile.bufferBytes,
    // Compares size and MD5: safe, and spares two HEADs per object for the modification time.
    CheckSum: true,
    // Keeps cache-control, content-disposition, -encoding, -language and x-amz-meta-*.
    Metadata: true,
    // Keys are bytes: `é` and `e` + accent are two objects.
    NoUnicodeNormalization: true,
  }
}
