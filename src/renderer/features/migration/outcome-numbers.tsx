import type { MigrationView } from '#shared/contract/schemas.ts'
import { exactBytes, formatBytes, formatCount } from '#shared/domain/amounts.ts'
import { comparedText, markersText, outcomeCopy, tookText } from '../../copy/outcome.ts'
import { accountOf, arrivedOf } from '../../presenters/account-presenter.ts'
import { elapsedMs } from '../../presenters/migration-presenter.ts'
import { type Fact, StatRow } from '../../ui/facts-list.tsx'
import styles from './outcome-numbers.module.css'

/** S16: bytes, files, duration; once verified, the account of every file and how they were compared. */
export function OutcomeNumbers({ migration }: { readonly migration: MigrationView }) {
  const { verification } = migration
  const across = arrivedOf(migration)
  const stats: readonly Fact[] = [
    { name: outcomeCopy.data, value: formatBytes(across.bytes), title: exactBytes(across.bytes) },
    { name: outcomeCopy.files, value: formatCount(across.objects) },
    { name: outcomeCopy.took, value: tookText(elapsedMs(migration, 0)) },
    ...(verification === null ? [] : accountStats(verification)),
  ]
  return (
    <section className={styles['card']} aria-label={outcomeCopy.summary}>
      <StatRow stats={stats} />
      {verification !== null && (
        <dl className={styles['compared']}>
          <dt>{outcomeCopy.compared}</dt>
          <dd>{comparedText(verification)}</dd>
        </dl>
      )}
      {verification !== null && verification.markersNotHeld > 0 && (
        <p className={styles['quiet']}>{markersText(verification.markersNotHeld)}</p>
      )}
    </section>
  )
}

/** What of the files was there before, and what is not across; left out where there is none. */
function accountStats(verification: NonNullable<MigrationView['verification']>): readonly Fact[] {
  const { notAcross } = accountOf(verification)
  const { alreadyThere } = verification
  const there = {
    name: outcomeCopy.alreadyThere,
    value: formatCount(alreadyThere.objects),
    title: exactBytes(alreadyThere.bytes),
  }
  return [
    ...(alreadyThere.objects === 0 ? [] : [there]),
    ...(notAcross.objects === 0
      ? []
      : [
          {
            name: outcomeCopy.notAcross,
            value: <span className={styles['notAcross']}>{formatCount(notAcross.objects)}</span>,
            title: exactBytes(notAcross.bytes),
          },
        ]),
  ]
}
