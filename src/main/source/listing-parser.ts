import type { ListObjectsV2CommandOutput, _Object as ListedEntry } from '@aws-sdk/client-s3'
import { believableBytes, MAX_CLASS_CHARACTERS } from './listed-limits.ts'
import type { ListedObject, Listing } from './source-s3.ts'

/**
 * Trap 5: the SDK takes a web page answering 200 for an empty listing. Null: this is none. Of more than `maxKeys` only
 * the beginning is taken, as a page behind which there is more.
 */
export function parseListing(page: ListObjectsV2CommandOutput, maxKeys: number): Listing | null {
  const { Name, IsTruncated, KeyCount, Contents, NextContinuationToken } = page
  if (Name === undefined && IsTruncated === undefined && KeyCount === undefined && Contents === undefined) return null
  const [entries, groups] = [Contents ?? [], page.CommonPrefixes ?? []]
  const isTooLong = entries.length > maxKeys || groups.length > maxKeys
  const decode = page.EncodingType === 'url' ? decodeKey : (key: string) => key
  return {
    objects: entries.slice(0, maxKeys).flatMap((entry) => toObject(entry, decode)),
    folders: groups.slice(0, maxKeys).flatMap(({ Prefix }) => (Prefix === undefined ? [] : [decode(Prefix)])),
    isTruncated: isTooLong || IsTruncated === true,
    nextToken: !isTooLong && IsTruncated === true ? (NextContinuationToken ?? null) : null,
  }
}

function toObject({ Key, Size, StorageClass, RestoreStatus }: ListedEntry, decode: (key: string) => string): ListedObject[] {
  if (Key === undefined) return []
  const isRestored = RestoreStatus?.RestoreExpiryDate !== undefined && RestoreStatus.IsRestoreInProgress !== true
  const storageClass = (StorageClass ?? 'STANDARD').slice(0, MAX_CLASS_CHARACTERS)
  return [{ key: decode(Key), bytes: believableBytes(Size), storageClass, isRestored }]
}

function decodeKey(key: string): string {
  try {
    return decodeURIComponent(key.replaceAll('+', ' '))
  } catch {
    // Not encoded after all, whatever the answer says.
    return key
  }
}
