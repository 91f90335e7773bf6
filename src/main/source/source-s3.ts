import type { Result } from '#shared/domain/result.ts'

/** One object as a listing shows it. */
export interface ListedObject {
  readonly key: string
  readonly bytes: number
  /** `STANDARD`, `GLACIER` …; stores without classes say nothing. */
  readonly storageClass: string
}

export interface Listing {
  readonly objects: readonly ListedObject[]
  /** With a delimiter: folders one level below the prefix, each ending in `/`. */
  readonly folders: readonly string[]
  /** More follows behind this page. */
  readonly isTruncated: boolean
}

/** What was refused or went wrong, as bare facts; which finding that is, decide the rules. */
export interface S3Failure {
  /** The store's `<Code>`; empty when the answer held none or there was no answer. */
  readonly s3Code: string
  readonly message: string
  /** Null: there was no answer. */
  readonly httpStatus: number | null
  readonly contentType: string
  /** The region the store names as the right one (`x-amz-bucket-region`, `<Region>`). */
  readonly bucketRegion: string | null
  /** The answer's `Date`, ms since the epoch. */
  readonly serverTime: number | null
  /** Node's code when there was no answer, e.g. `ECONNREFUSED`; else empty. */
  readonly networkCode: string
}

/** The few read-only requests of the preflight. One try each: some stores lock accounts after bad tries. */
export interface SourceS3 {
  /** The first page below a prefix, at most `maxKeys`; `isByFolder` groups deeper keys into folders. */
  readonly list: (
    prefix: string,
    options: { readonly maxKeys: number; readonly isByFolder: boolean },
  ) => Promise<Result<Listing, S3Failure>>
  /** Asks for the object's first byte (for nothing, when it is empty). */
  readonly readFirstByte: (object: ListedObject) => Promise<Result<null, S3Failure>>
  /** Ends the connections, and with them whatever still comes in. */
  readonly close: () => void
}
