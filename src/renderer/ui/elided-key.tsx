import styles from './elided-key.module.css'

interface ElidedKeyProps {
  /** The whole key as it may be shown. */
  readonly text: string
  readonly head: string
  readonly tail: string
}

/** A key on one line: what does not fit is left out in the middle, so that the name stays. Hover shows it all. */
export function ElidedKey({ text, head, tail }: ElidedKeyProps) {
  return (
    <span className={styles['key']} title={text} dir="ltr">
      <span className={styles['spoken']}>{text}</span>
      <span className={styles['head']} aria-hidden="true">
        {head}
      </span>
      <span className={styles['tail']} aria-hidden="true">
        {tail}
      </span>
    </span>
  )
}
