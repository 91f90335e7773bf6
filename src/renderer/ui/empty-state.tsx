import type { ReactNode } from 'react'
import styles from './empty-state.module.css'
import { Icon, type IconName } from './icons.tsx'

interface EmptyStateProps {
  readonly icon: IconName
  readonly title: string
  readonly children: ReactNode
  readonly action?: ReactNode
}

/** In place of a list that has nothing in it: what will be here, and how it gets here. */
export function EmptyState({ icon, title, children, action }: EmptyStateProps) {
  return (
    <div className={styles['empty']}>
      <span className={styles['icon']}>
        <Icon name={icon} size="large" />
      </span>
      <p className={styles['title']}>{title}</p>
      <p className={styles['text']}>{children}</p>
      {action}
    </div>
  )
}
