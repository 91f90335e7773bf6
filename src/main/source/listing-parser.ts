import type { ListObjectsV2CommandOutput, _Object as ListedEntry } from '@aws-sdk/client-s3'
import type { ListedObject, Listing } from './source-s3.ts'

/** Trap 5: the SDK takes a web page answering 200 for an empty listing. Null: this is none. */
export function parseListing(page: ListObjectsV2CommandOutput): Listing | null {
  const { Name, IsTruncated, KeyCount, Contents, NextContinuationToken } = page
  if (Name === undefined && IsTruncated === undefined && KeyCount === undefined && Contents === undefined) return null
  const decode = page.EncodingType === 'url' ? decodeKey : (key: string) => key
  return {
    objects: (Contents ?? []).flatMap((entry) => toObject(entry, decode)),
    folders: (page.CommonPrefixes ?? []).flatMap(({ Prefix }) => (Prefix === undefined ? [] : [decode(Prefix)])),
    isTruncated: IsTruncated ?? false,
    nextToken: IsTruncated === true ? (NextContinuationToken ?? null) : null,
  }
}

function toObject({ Key, Size, StorageClass, RestoreStatus }: ListedEntry, decode: (key: string) => string): ListedObject[] {
  if (Key === undefined) return []
  const isRestored = RestoreStatus?.RestoreExpiryDate !== undefined && RestoreStatus.IsRestoreInProgress !== true
  // Whatever a store says, no object has less than nothing in it.
  const bytes = Size !== undefined && Size > 0 ? Size : 0
  return [{ key: decode(Key), bytes, storageClass: StorageClass ?? 'STANDARD', isRestored }]
}

function decodeKey(key: string): string {
  try {
    return decodeURIComponent(key.replaceAll('+', ' '))
  } catch {
    // Not encoded after all, whatever the answer says.
    return key
  }
}
