import { type ReactNode, useEffect, useState } from 'react'
import { appName } from '../../copy/app.ts'
import { problemWords } from '../../copy/problems.ts'
import { offlineStartWords, signInCopy, waitingForKeychainWords } from '../../copy/sign-in.ts'
import { useAppState, useKeychainName } from '../../store/stores-context.tsx'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { AppMark } from '../../ui/icons.tsx'
import styles from './sign-in.module.css'

/** A keychain that asks nobody has answered by then. */
const PATIENCE_MS = 2_500

interface RestoringScreenProps {
  readonly isKeychainAsked: boolean
  readonly onSignIn: () => void
}

/**
 * Shown while the stored key is read and checked; fades in late, as it is mostly over at once. A keychain that waits
 * for a person is named, and need not be waited for.
 */
export function RestoringScreen({ isKeychainAsked, onSignIn }: RestoringScreenProps) {
  const connection = useAppState(({ snapshot }) => snapshot?.connectionProblem ?? null)
  const keychainName = useKeychainName()
  const isLong = useElapsed(PATIENCE_MS)
  return (
    <main className={styles['restoring']}>
      <AppMark size="large" />
      <h1 tabIndex={-1}>{appName}</h1>
      {connection !== null ? (
        <Notice>
          <ConnectionBanner {...connection} keychainName={keychainName} />
        </Notice>
      ) : isLong && isKeychainAsked ? (
        <Notice>
          <KeychainBanner keychainName={keychainName} onSignIn={onSignIn} />
        </Notice>
      ) : (
        <p role="status">{signInCopy.restoring}</p>
      )}
    </main>
  )
}

function Notice({ children }: { readonly children: ReactNode }) {
  return <div className={styles['restoringNotice']}>{children}</div>
}

type Connection = Parameters<typeof problemWords>[0]

function ConnectionBanner({
  problem,
  since,
  keychainName,
}: {
  readonly problem: Connection
  readonly since: string
  readonly keychainName: string
}) {
  const words = problem.code === 'api-unreachable' ? offlineStartWords(since) : problemWords(problem, keychainName)
  return (
    <Banner tone="warning" role="status" title={words.title}>
      {words.text}
    </Banner>
  )
}

function KeychainBanner({ keychainName, onSignIn }: { readonly keychainName: string; readonly onSignIn: () => void }) {
  const words = waitingForKeychainWords(keychainName)
  return (
    <Banner
      tone="neutral"
      icon="key"
      role="status"
      title={words.title}
      actions={
        <Button size="small" onPress={onSignIn}>
          {signInCopy.signInInstead}
        </Button>
      }
    >
      {words.text}
    </Banner>
  )
}

function useElapsed(ms: number): boolean {
  const [isOver, setOver] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setOver(true), ms)
    return () => clearTimeout(timer)
  }, [ms])
  return isOver
}
