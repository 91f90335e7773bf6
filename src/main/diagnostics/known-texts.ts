import type { Secret } from '#shared/domain/secret.ts'
import type { AppSnapshot, CurrentMigration } from '#shared/ipc/snapshot.ts'
import type { RememberedSource } from '../settings/settings-schema.ts'

export interface KnownTextsInput {
  readonly snapshot: AppSnapshot
  readonly followed: CurrentMigration | null
  readonly secrets: readonly (Secret | null)[]
  readonly remembered: readonly RememberedSource[]
  readonly homeDir: string
}

/** All that this app knows of and that is nobody else's business. */
export function knownTexts({ snapshot, followed, secrets, remembered, homeDir }: KnownTextsInput): string[] {
  const { session, current } = snapshot
  const texts = [
    homeDir,
    // Revealed only to be found and taken out.
    ...secrets.flatMap((secret) => (secret === null ? [] : [secret.reveal()])),
    ...(session.kind === 'signed-in' ? [session.account.email, session.account.organisation?.name ?? ''] : []),
    ...remembered.flatMap(({ endpoint, accessKeyId }) => [...addressTexts(endpoint), accessKeyId]),
    ...[current, followed].flatMap((one) => (one === null ? [] : placesOf(one))),
  ]
  // Of one or two letters nobody learns anything, but every word that has them would go.
  return texts.filter((text) => text.length > 2)
}

function placesOf({ migration: { source, destination } }: CurrentMigration): string[] {
  const { target } = source
  const prefixes = target.kind === 'bucket' ? [] : [target.kind === 'folder' ? target.prefix : target.key]
  return [
    ...[...addressTexts(source.endpoint), source.accessKeyId, source.bucket, ...prefixes],
    ...[destination.bucket, destination.name, destination.prefix],
  ]
}

/** The address as a whole, and its host, which may stand alone. */
function addressTexts(endpoint: string): string[] {
  const url = URL.canParse(endpoint) ? new URL(endpoint) : null
  return [endpoint, ...(url === null ? [] : [url.host, url.hostname])]
}
