import type { ReactNode } from 'react'
import styles from './facts-list.module.css'

export interface Fact {
  readonly name: string
  readonly value: ReactNode
  /** The exact value, shown on hover. */
  readonly title?: string
  readonly action?: ReactNode
}

/** Name and value in rows. */
export function FactsList({ facts }: { readonly facts: readonly Fact[] }) {
  return (
    <dl className={styles['facts']}>
      {facts.map(({ name, value, title, action }) => (
        <div key={name} className={styles['row']}>
          <dt>{name}</dt>
          <dd title={title}>
            <div className={styles['value']}>{value}</div>
            {action !== undefined && <div className={styles['action']}>{action}</div>}
          </dd>
        </div>
      ))}
    </dl>
  )
}

/** A few numbers side by side, large enough to read at a glance. */
export function StatRow({ stats }: { readonly stats: readonly Fact[] }) {
  return (
    <dl className={styles['stats']}>
      {stats.map(({ name, value, title }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd title={title}>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
