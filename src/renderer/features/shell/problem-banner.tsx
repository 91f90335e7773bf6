import type { AppProblem } from '#shared/ipc/problems.ts'
import type { ReactNode, Ref } from 'react'
import { problemCopy, problemWords } from '../../copy/problems.ts'
import { shellCopy } from '../../copy/shell.ts'
import { useKeychainName } from '../../store/stores-context.tsx'
import { Banner } from '../../ui/banner.tsx'
import styles from './problem-banner.module.css'

interface ProblemBannerProps {
  readonly problem: AppProblem | null
  readonly actions?: ReactNode
  readonly ref?: Ref<HTMLDivElement>
  /** For problems that mean something else where they are shown. */
  readonly wordsOf?: typeof problemWords
}

/** A refusal in words, read out at once; its reference small at the end, to quote to support. */
export function ProblemBanner({ problem, actions, ref, wordsOf = problemWords }: ProblemBannerProps) {
  const keychainName = useKeychainName()
  if (problem === null) return null
  const words = wordsOf(problem, keychainName)
  return (
    <Banner tone="bad" role="alert" title={words.title} actions={actions} {...(ref === undefined ? {} : { ref })}>
      <p>{words.text}</p>
      {problem.reference !== undefined && (
        <details className={styles['details']}>
          <summary>{shellCopy.details}</summary>
          <p>
            {problemCopy.reference}: <code>{problem.reference}</code>
          </p>
        </details>
      )}
    </Banner>
  )
}
