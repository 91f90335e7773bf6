import { signInCopy } from '../../copy/sign-in.ts'
import { AppMark } from '../../ui/icons.tsx'
import styles from './sign-in.module.css'

/** Shown while the stored key is read and checked; fades in late, as it is mostly over at once. */
export function RestoringScreen() {
  return (
    <main className={styles['restoring']} aria-busy="true">
      <AppMark size="large" />
      <p role="status">{signInCopy.restoring}</p>
    </main>
  )
}
