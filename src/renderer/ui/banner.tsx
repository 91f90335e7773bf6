import type { ReactNode, Ref } from 'react'
import styles from './banner.module.css'
import { IconButton } from './button.tsx'
import { classNames } from './class-names.ts'
import { Icon, type IconName } from './icons.tsx'

export type Tone = 'neutral' | 'good' | 'warning' | 'bad'
const toneIcons: Readonly<Record<Tone, IconName>> = {
  neutral: 'info',
  good: 'checkCircle',
  warning: 'warning',
  bad: 'crossCircle',
}

interface BannerProps {
  readonly tone: Tone
  readonly title: string
  readonly children?: ReactNode
  readonly icon?: IconName
  readonly actions?: ReactNode
  /** `alert` reads it out at once, `status` when the reader is free. */
  readonly role?: 'alert' | 'status'
  readonly dismiss?: { readonly label: string; readonly onPress: () => void }
  readonly ref?: Ref<HTMLDivElement>
}

/** Something to know, inline: what happened, and below it what it means and what to do. */
export function Banner({ tone, title, children, icon, actions, role, dismiss, ref }: BannerProps) {
  return (
    <div ref={ref} className={classNames(styles['banner'], styles[tone])} role={role} tabIndex={-1}>
      <span className={styles['icon']}>
        <Icon name={icon ?? toneIcons[tone]} />
      </span>
      <div className={styles['body']}>
        <p className={styles['title']}>{title}</p>
        {children !== undefined && <div className={styles['text']}>{children}</div>}
        {actions !== undefined && <div className={styles['actions']}>{actions}</div>}
      </div>
      {dismiss !== undefined && <IconButton icon="close" label={dismiss.label} onPress={dismiss.onPress} />}
    </div>
  )
}
