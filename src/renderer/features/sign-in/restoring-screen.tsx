import { appName } from '../../copy/app.ts'
import { problemWords } from '../../copy/problems.ts'
import { offlineStartWords, signInCopy } from '../../copy/sign-in.ts'
import { useAppState, useKeychainName } from '../../store/stores-context.tsx'
import { Banner } from '../../ui/banner.tsx'
import { AppMark } from '../../ui/icons.tsx'
import styles from './sign-in.module.css'

/** Shown while the stored key is read and checked; fades in late, as it is mostly over at once. */
export function RestoringScreen() {
  const connection = useAppState(({ snapshot }) => snapshot?.connectionProblem ?? null)
  const keychainName = useKeychainName()
  if (connection === null) {
    return (
      <main className={styles['restoring']}>
        <AppMark size="large" />
        <h1>{appName}</h1>
        <p role="status">{signInCopy.restoring}</p>
      </main>
    )
  }
  const isUnreachable = connection.problem.code === 'api-unreachable'
  const words = isUnreachable ? offlineStartWords(connection.since) : problemWords(connection.problem, keychainName)
  return (
    <main className={styles['restoring']}>
      <AppMark size="large" />
      <h1>{appName}</h1>
      <div className={styles['restoringNotice']}>
        <Banner tone="warning" role="status" title={words.title}>
          {words.text}
        </Banner>
      </div>
    </main>
  )
}
