import type { SourceTarget } from '#shared/domain/s3-location-model.ts'
import type { Milestones } from './milestones.ts'
import { createPageReader, type ListedObject, type ListingInput, lookUpObject } from './object-listing.ts'
import { listInOrder } from './parallel-listing.ts'

export interface StoreListing extends ListingInput {
  /** By path below the prefix. */
  readonly milestones: Milestones
}

/**
 * Every object below a prefix, in the order of the store, in constant memory. Throws the SDK's errors, and
 * `ListingUnusableError`.
 */
export function listObjects(input: StoreListing, prefix: string): AsyncGenerator<ListedObject> {
  return listBelow(input, { prefix, asksForRestores: false })
}

/** The objects of a source, as the target says; a single object that is not there is an empty listing. */
export async function* listTarget(input: StoreListing, target: SourceTarget): AsyncGenerator<ListedObject> {
  switch (target.kind) {
    case 'bucket':
      yield* recorded(input, '')
      return
    case 'folder':
      for await (const object of recorded(input, target.prefix)) {
        // The chosen folder's own marker is the folder itself; at the destination that is the prefix.
        if (object.key !== target.prefix || object.size > 0) yield object
      }
      return
    case 'object':
      yield* lookUpObject(input, target.key)
  }
}

async function* recorded(input: StoreListing, prefix: string): AsyncGenerator<ListedObject> {
  const record = input.milestones.record()
  for await (const object of listBelow(input, { prefix, asksForRestores: true })) {
    record(object.key.slice(prefix.length))
    yield object
  }
}

async function* listBelow(
  input: StoreListing,
  plan: { readonly prefix: string; readonly asksForRestores: boolean },
): AsyncGenerator<ListedObject> {
  const { prefix } = plan
  const nextMilestone = (after: string | null): string | null => {
    const path = input.milestones.after(after === null ? null : after.slice(prefix.length))
    return path === null ? null : prefix + path
  }
  const pages = listInOrder({ readPage: createPageReader(input, plan), nextMilestone, signal: input.signal })
  for await (const objects of pages) yield* objects
}
