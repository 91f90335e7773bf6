import type { Finding } from '#shared/ipc/source-check.ts'
import { goodFinding, noteFinding, problemFinding } from '../findings.ts'
import { readVerdict, type TriedObject } from '../sampled-object.ts'

/**
 * B2, E3: a key that may list may still not read. Refused for all that were tried it is a problem, for some of them a
 * note. Null: none of the answers was about reading.
 */
export function checkReadableObjects(tries: readonly TriedObject[]): Finding | null {
  const readable = tries.filter((tried) => readVerdict(tried) === 'readable')
  const refused = tries.filter((tried) => readVerdict(tried) === 'refused')
  const [first] = refused
  if (first === undefined) {
    const key = readable[0]?.object.key
    return key === undefined ? null : goodFinding('source-readable', { objects: readable.length, key })
  }
  const { s3Code, httpStatus, message } = first.read.ok ? { s3Code: '', httpStatus: null, message: '' } : first.read.error
  const facts = {
    key: first.object.key,
    objects: refused.length,
    sampled: readable.length + refused.length,
    s3Code: s3Code === '' ? 'AccessDenied' : s3Code,
    message,
    ...(httpStatus === null ? {} : { httpStatus }),
  }
  return readable.length === 0 ? problemFinding('object-not-readable', facts) : noteFinding('object-not-readable', facts)
}
