import type { MigrationView } from '#shared/contract/schemas.ts'
import { sourcePrefixText } from '#shared/domain/s3-location-model.ts'
import { migrationCopy } from '../../copy/migration.ts'
import { sourcePlace } from '../../copy/wizard.ts'
import { placeText } from '../../presenters/migration-presenter.ts'
import { FactsList } from '../../ui/facts-list.tsx'

/** From where to where. */
export function RouteFacts({ migration }: { readonly migration: MigrationView }) {
  const { source, destination } = migration
  return (
    <FactsList
      facts={[
        {
          name: migrationCopy.from,
          value: `${placeText(source.bucket, sourcePrefixText(source.target))} · ${sourcePlace(source.endpoint)}`,
        },
        {
          name: migration.state.startsWith('completed') ? migrationCopy.filesAreIn : migrationCopy.to,
          value: `${destination.name} · ${placeText(destination.bucket, destination.prefix)}`,
        },
      ]}
    />
  )
}
