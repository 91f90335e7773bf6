export type StoreSide = 'source' | 'destination'

/** A request that a store refused or did not answer, and which one. */
export class StoreError extends Error {
  override readonly name = 'StoreError'
  readonly side: StoreSide
  /** As the SDK threw it. */
  override readonly cause: Error

  constructor(side: StoreSide, cause: Error) {
    super(cause.message, { cause })
    this.side = side
    this.cause = cause
  }

  /** As the store gave it, or Node for a connection. */
  get code(): string {
    const { Code, code } = this.cause as Facts
    return Code ?? (this.cause.name === 'Error' ? (code ?? this.cause.name) : this.cause.name)
  }

  /** Of HTTP; 0 when there was no answer. */
  get status(): number {
    return (this.cause as Facts).$metadata?.httpStatusCode ?? 0
  }
}

interface Facts {
  readonly Code?: string
  readonly code?: string
  readonly $metadata?: { readonly httpStatusCode?: number }
}

/** Names the side of what fails at a store. Anything else that is thrown is a bug, and stays as it is. */
export async function at<T>(side: StoreSide, request: Promise<T>): Promise<T> {
  try {
    return await request
  } catch (error) {
    throw toStoreError(side, error)
  }
}

export function toStoreError(side: StoreSide, error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof StoreError) return error
  const isOfStore = '$metadata' in error || 'code' in error || /^(?:Abort|Timeout)Error$/.test(error.name)
  return isOfStore ? new StoreError(side, error) : error
}

/** The source was written while it was being copied. */
export class SourceChangedError extends Error {
  override readonly name = 'SourceChangedError'
}

/** The store has got other bytes than were sent. */
export class DigestMismatchError extends Error {
  override readonly name = 'DigestMismatchError'
}

export function requireUnchanged(listedBytes: number, bytes: number | undefined): void {
  if (bytes === listedBytes) return
  throw new SourceChangedError(`the source was listed with ${listedBytes} bytes and came with ${bytes ?? 'unknown length'}`)
}
