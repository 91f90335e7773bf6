import type { ReactNode, Ref } from 'react'
import styles from './settings.module.css'

/** A heading and a card of rows below it. */
export function SettingsSection({
  title,
  lead,
  headingRef,
  children,
}: {
  readonly title: string
  readonly lead?: string
  /** For those who put the focus there. */
  readonly headingRef?: Ref<HTMLHeadingElement>
  readonly children: ReactNode
}) {
  return (
    <section className={styles['section']}>
      <div className={styles['head']}>
        <h2 ref={headingRef} tabIndex={headingRef === undefined ? undefined : -1}>
          {title}
        </h2>
        {lead !== undefined && <p className={styles['lead']}>{lead}</p>}
      </div>
      {children}
    </section>
  )
}

export function SettingsCard({ children }: { readonly children: ReactNode }) {
  return <div className={styles['card']}>{children}</div>
}
