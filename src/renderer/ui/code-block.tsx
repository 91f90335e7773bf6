import styles from './code-block.module.css'
import { CopyButton } from './copy-button.tsx'

/** Text to copy as a whole, such as a policy. */
export function CodeBlock({
  text,
  label,
  copyLabel,
  copiedLabel,
}: {
  readonly text: string
  readonly label: string
  readonly copyLabel: string
  readonly copiedLabel: string
}) {
  return (
    <div className={styles['block']}>
      <pre className={styles['text']} tabIndex={0} aria-label={label}>
        {text}
      </pre>
      <div className={styles['button']}>
        <CopyButton text={text} label={copyLabel} copiedLabel={copiedLabel} />
      </div>
    </div>
  )
}
