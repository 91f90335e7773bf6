import type { MigrationView } from '#shared/contract/schemas.ts'
import { sourcePrefixText } from '#shared/domain/s3-location-model.ts'
import { migrationCopy } from '../../copy/migration.ts'
import { sourcePlace } from '../../copy/wizard.ts'
import { placeText } from '../../presenters/migration-presenter.ts'
import { formatExactMoment, formatMoment } from '../../presenters/time-presenter.ts'
import { type Fact, FactsList } from '../../ui/facts-list.tsx'
import { useNow } from '../../ui/use-now.ts'

/** New Year may come while it is looked at. */
const DAY_CHECK_MS = 60_000

/** From where to where, and when, once it has ended. */
export function RouteFacts({ migration }: { readonly migration: MigrationView }) {
  const { source, destination, createdAt, startedAt, finishedAt } = migration
  const now = useNow(finishedAt !== null, DAY_CHECK_MS)
  const when = (name: string, time: string): Fact => ({
    name,
    value: <time dateTime={time}>{formatMoment(time, now)}</time>,
    title: formatExactMoment(time),
  })
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
        ...(finishedAt === null
          ? []
          : [when(migrationCopy.began, startedAt ?? createdAt), when(migrationCopy.ended, finishedAt)]),
      ]}
    />
  )
}
