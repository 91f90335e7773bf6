import type { Secret } from '#shared/domain/secret.ts'

/**
 * Keeps the source secret of one migration in memory only, until the migration has ended: should its
 * worker be lost, the next one gets the secret without asking anybody (B8). Never written anywhere.
 */
export interface SourceSecretHolder {
  /** Replaces whatever was held. */
  readonly hold: (migrationId: string, secret: Secret) => void
  readonly secretFor: (migrationId: string) => Secret | null
  /** When this migration has ended; a secret held for another one stays. */
  readonly dropFor: (migrationId: string) => void
  readonly drop: () => void
}

export function createSourceSecretHolder(): SourceSecretHolder {
  let held: { readonly migrationId: string; readonly secret: Secret } | null = null
  return {
    hold: (migrationId, secret) => {
      held = { migrationId, secret }
    },
    secretFor: (migrationId) => (held?.migrationId === migrationId ? held.secret : null),
    dropFor: (migrationId) => {
      if (held?.migrationId === migrationId) held = null
    },
    drop: () => {
      held = null
    },
  }
}
