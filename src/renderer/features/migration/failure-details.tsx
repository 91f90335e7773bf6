import type { MigrationFailure } from '#shared/domain/failure-codes.ts'
import { migrationCopy } from '../../copy/migration.ts'
import { Disclosure } from '../../ui/disclosure.tsx'
import { type Fact, FactsList } from '../../ui/facts-list.tsx'

/** The worker's own words and numbers, to copy into a mail to support. */
export function FailureDetails({
  migrationId,
  failure,
}: {
  readonly migrationId: string
  readonly failure: MigrationFailure
}) {
  const exitCode: readonly Fact[] =
    failure.exitCode === null ? [] : [{ name: migrationCopy.exitCode, value: <code>{failure.exitCode}</code> }]
  return (
    <Disclosure title={migrationCopy.details}>
      <FactsList
        facts={[
          { name: migrationCopy.workerMessage, value: <code>{failure.message}</code> },
          ...exitCode,
          { name: migrationCopy.failureCode, value: <code>{`${failure.code} (${failure.side})`}</code> },
          { name: migrationCopy.migrationId, value: <code>{migrationId}</code> },
        ]}
      />
    </Disclosure>
  )
}
