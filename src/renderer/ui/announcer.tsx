import styles from './announcer.module.css'

/** Read out by screen readers when the text changes; seen by no one. */
export function Announcer({ text }: { readonly text: string }) {
  return (
    <div className={styles['announcer']} role="status" aria-live="polite">
      {text}
    </div>
  )
}
