import { createHash } from 'node:crypto'
import { DigestMismatchError } from './store-error.ts'

/** What a store says of an object or a part that it holds. */
export interface HeldObject {
  readonly ETag?: string | undefined
  readonly ServerSideEncryption?: string | undefined
  readonly SSECustomerAlgorithm?: string | undefined
}

/** The MD5 that its ETag is, unless it only looks like one. */
export function md5OfEtag(held: HeldObject): Buffer | null {
  const etag = bareEtag(held)
  return !isEncrypted(held) && /^[0-9a-f]{32}$/.test(etag) ? Buffer.from(etag, 'hex') : null
}

/** As S3 makes it of an upload in parts. */
export function etagOfParts(md5s: readonly Buffer[]): string {
  return `${createHash('md5').update(Buffer.concat(md5s)).digest('hex')}-${String(md5s.length)}`
}

/** Throws `DigestMismatchError` when the store answers with the digest of other bytes. */
export function requireSameDigest(held: HeldObject, expected: string): void {
  const etag = bareEtag(held)
  const isDigest = !isEncrypted(held) && /^[0-9a-f]{32}(?:-\d+)?$/.test(etag) && etag.length === expected.length
  if (isDigest && etag !== expected) throw new DigestMismatchError('the destination holds other bytes than were sent')
}

export const bareEtag = ({ ETag }: HeldObject): string => (ETag ?? '').replaceAll('"', '').toLowerCase()

/** With a key of KMS or of the customer an ETag is no MD5 (AWS S3 API, "Common response headers"). */
function isEncrypted({ ServerSideEncryption, SSECustomerAlgorithm }: HeldObject): boolean {
  return SSECustomerAlgorithm !== undefined || (ServerSideEncryption ?? '').startsWith('aws:kms')
}
