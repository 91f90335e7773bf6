import type { Result } from '#shared/domain/result.ts'

/** One object as a listing shows it. */
export interface ListedObject {
  readonly key: string
  readonly bytes: number
  /** `STANDARD`, `GLACIER` …; stores without classes say nothing. */
  readonly storageClass: string
  /** Archived, with a copy that can be read for now. Known only from a listing that asked for it. */
  readonly isRestored: boolean
}

export interface Listing {
  readonly objects: readonly ListedObject[]
  /** With a delimiter: folders one level below the prefix, each ending in `/`. */
  readonly folders: readonly string[]
  /** More follows behind this page. */
  readonly isTruncated: boolean
  /** Where it goes on; null on the last page, and where a store says there is more but not where. */
  readonly nextToken: string | null
}

export interface ListRequest {
  readonly prefix: string
  readonly maxKeys: number
  /** Groups deeper keys into folders. */
  readonly isByFolder?: true
  /** The `nextToken` of the page before. */
  readonly after?: string
  /** Asks which archived objects are restored. Not every store takes the question. */
  readonly isRestoreAsked?: true
}

/** What an object carries besides its content and its key. */
export interface ObjectDescription {
  /** The standard headers that are set, such as `Content-Type`. */
  readonly headers: readonly string[]
  /** Names of the owner's own metadata, without `x-amz-meta-`. */
  readonly ownMetadata: readonly string[]
}

/** What was refused or went wrong, as bare facts; which finding that is, decide the rules. */
export interface S3Failure {
  /** The store's `<Code>`; empty when the answer held none or there was no answer. */
  readonly s3Code: string
  readonly message: string
  /** Null: there was no answer. */
  readonly httpStatus: number | null
  readonly contentType: string
  /** How the body of a refusal begins, for what no S3 error document says. Shown to nobody. */
  readonly beginning: string
  /** The region the store names as the right one (`x-amz-bucket-region`, `<Region>`). */
  readonly bucketRegion: string | null
  /** The answer's `Date`, ms since the epoch. */
  readonly serverTime: number | null
  /** Node's code when there was no answer, e.g. `ECONNREFUSED`; else empty. */
  readonly networkCode: string
}

/** The few read-only requests of the preflight. One try each: some stores lock accounts after bad tries. */
export interface SourceS3 {
  /** One page below a prefix. */
  readonly list: (request: ListRequest) => Promise<Result<Listing, S3Failure>>
  /** Asks for the object's first byte (for nothing, when it is empty). */
  readonly readFirstByte: (object: ListedObject) => Promise<Result<true, S3Failure>>
  readonly describe: (object: ListedObject) => Promise<Result<ObjectDescription, S3Failure>>
  /** The names of the object's tags. Needs a permission of its own, and not every store has tags. */
  readonly readTagNames: (object: ListedObject) => Promise<Result<readonly string[], S3Failure>>
  /** Ends the connections, and with them whatever still comes in. */
  readonly close: () => void
}
