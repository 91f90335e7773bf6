import { ProgressBar as AriaProgressBar } from 'react-aria-components'
import { classNames } from './class-names.ts'
import styles from './progress-bar.module.css'

interface ProgressBarProps {
  readonly label: string
  /** 0..1, or null while the total is unknown: then the bar says only that something goes on. */
  readonly fraction: number | null
  readonly valueText?: string
  readonly isQuiet?: boolean
}

export function ProgressBar({ label, fraction, valueText, isQuiet = false }: ProgressBarProps) {
  return (
    <AriaProgressBar
      aria-label={label}
      className={classNames(styles['track'], isQuiet && styles['quiet'])}
      isIndeterminate={fraction === null}
      {...(fraction === null ? {} : { value: fraction * 100 })}
      {...(valueText === undefined ? {} : { valueLabel: valueText })}
    >
      {({ percentage, isIndeterminate }) => (
        // Set by React through the CSSOM, which a CSP of style-src 'self' allows.
        <div
          className={classNames(styles['fill'], isIndeterminate && styles['indeterminate'])}
          {...(isIndeterminate ? {} : { style: { width: `${percentage ?? 0}%` } })}
        />
      )}
    </AriaProgressBar>
  )
}
