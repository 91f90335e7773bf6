import type { ReactNode } from 'react'
import styles from './screen.module.css'

interface ScreenProps {
  readonly children: ReactNode
  /** Stays at the top, whatever scrolls. */
  readonly header?: ReactNode
  /** Stays at the bottom, whatever scrolls: one primary button at its right. A screen without any has no bar. */
  readonly actions?: ReactNode
  readonly onSubmit?: () => void
  readonly isHidden?: boolean
  readonly label: string
}

/** The content column with its action bar. With something to submit it is a form: Enter presses the primary button. */
export function Screen({ children, header, actions, onSubmit, isHidden = false, label }: ScreenProps) {
  const content = (
    <>
      {header !== undefined && (
        <div className={styles['top']}>
          <div className={styles['header']}>{header}</div>
        </div>
      )}
      <div className={styles['scroll']}>
        <div className={styles['column']}>{children}</div>
      </div>
      {actions !== undefined && (
        <div className={styles['bar']}>
          <div className={styles['actions']}>{actions}</div>
        </div>
      )}
    </>
  )
  if (onSubmit === undefined) {
    return (
      <section className={styles['screen']} aria-label={label} hidden={isHidden}>
        {content}
      </section>
    )
  }
  return (
    <form
      className={styles['screen']}
      aria-label={label}
      hidden={isHidden}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        onSubmit()
      }}
    >
      {content}
    </form>
  )
}

/** Everything after it stands at the right end of the action bar. */
export function ActionSpacer({ children }: { readonly children?: ReactNode }) {
  return <div className={styles['spacer']}>{children}</div>
}

/** A screen's heading. It takes the focus when the screen is entered, so that its name is read out. */
export function ScreenHeading({
  id,
  children,
  lead,
}: {
  readonly id: string
  readonly children: ReactNode
  readonly lead?: ReactNode
}) {
  return (
    <header className={styles['heading']}>
      <h1 id={id} tabIndex={-1}>
        {children}
      </h1>
      {lead !== undefined && <p className={styles['lead']}>{lead}</p>}
    </header>
  )
}
