/**
 * What of a bucket is copied. Decided once by the preflight, the way the worker acts on it:
 * a folder always ends in `/`, an object is one exact key.
 */
export type SourceTarget =
  | { readonly kind: 'bucket' }
  | { readonly kind: 'folder'; readonly prefix: string }
  | { readonly kind: 'object'; readonly key: string }

/** The text a person typed in the prefix field for this target. */
export function sourcePrefixText(target: SourceTarget): string {
  switch (target.kind) {
    case 'bucket':
      return ''
    case 'folder':
      return target.prefix
    case 'object':
      return target.key
  }
}

/** `a/b/c.txt` → `a/b/`; a key at the top → ``. */
export function parentFolder(key: string): string {
  return key.slice(0, key.lastIndexOf('/') + 1)
}

/** `a/b/c.txt` → `c.txt`. */
export function baseName(key: string): string {
  return key.slice(key.lastIndexOf('/') + 1)
}

/**
 * S4: the destination folder that mirrors the source. A single object mirrors to the folder it is in,
 * so that `docs/report.pdf` lands at `docs/report.pdf` and not in a folder of that name.
 */
export function mirroredDestinationPrefix(target: SourceTarget): string {
  switch (target.kind) {
    case 'bucket':
      return ''
    case 'folder':
      return target.prefix
    case 'object':
      return parentFolder(target.key)
  }
}

/**
 * Turns what was typed as destination prefix into a folder (`` or ending in `/`). Typing the single
 * object's own key means "at that key", hence its parent folder.
 */
export function destinationFolder(text: string, target: SourceTarget): string {
  if (target.kind === 'object' && text === target.key) return parentFolder(target.key)
  return text === '' || text.endsWith('/') ? text : `${text}/`
}

/**
 * The key under which a source object lands. `destinationPrefix` is a folder as made by
 * `destinationFolder`. Keys below a folder keep their path relative to that folder.
 */
export function destinationKey(target: SourceTarget, destinationPrefix: string, sourceKey: string): string {
  switch (target.kind) {
    case 'bucket':
      return destinationPrefix + sourceKey
    case 'folder':
      return destinationPrefix + sourceKey.slice(target.prefix.length)
    case 'object':
      return destinationPrefix + baseName(sourceKey)
  }
}

/** What two small requests told about a typed prefix: HEAD of the exact key and a listing below it. */
export interface PrefixFacts {
  /** The typed prefix, trimmed; empty for the whole bucket. */
  readonly typed: string
  readonly hasExactObject: boolean
  /** At least one key starts with `typed` + `/` (or with `typed` when it ends in `/`). */
  readonly hasObjectsBelow: boolean
}

export type TargetDecision =
  | { readonly kind: 'decided'; readonly target: SourceTarget }
  /** An object and a folder share the name: the person has to say which. */
  | { readonly kind: 'ambiguous'; readonly folder: SourceTarget; readonly object: SourceTarget }
  | { readonly kind: 'nothing-there' }

/**
 * Decides the target as the worker will act on it. A bare string prefix (`exper` for
 * `experiments/…`) is "nothing there": rclone would copy nothing and report success.
 */
export function decideSourceTarget(facts: PrefixFacts): TargetDecision {
  const { typed, hasExactObject, hasObjectsBelow } = facts
  if (typed === '') return hasObjectsBelow ? { kind: 'decided', target: { kind: 'bucket' } } : { kind: 'nothing-there' }
  if (typed.endsWith('/')) {
    return hasObjectsBelow ? { kind: 'decided', target: { kind: 'folder', prefix: typed } } : { kind: 'nothing-there' }
  }
  const object: SourceTarget = { kind: 'object', key: typed }
  const folder: SourceTarget = { kind: 'folder', prefix: `${typed}/` }
  if (hasExactObject && hasObjectsBelow) return { kind: 'ambiguous', folder, object }
  if (hasExactObject) return { kind: 'decided', target: object }
  if (hasObjectsBelow) return { kind: 'decided', target: folder }
  return { kind: 'nothing-there' }
}
