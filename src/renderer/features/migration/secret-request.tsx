import type { AppProblem } from '#shared/ipc/problems.ts'
import { useEffect, useRef, useState } from 'react'
import { settled } from '../../bridge/settled.ts'
import { secretRequestCopy } from '../../copy/migration.ts'
import { rememberedSecretWords } from '../../copy/remembered-secret.ts'
import { useStores } from '../../store/stores-context.tsx'
import { Banner } from '../../ui/banner.tsx'
import { ProblemBanner } from '../shell/problem-banner.tsx'
import { SecretForm } from './secret-form.tsx'

interface SecretRequestProps {
  readonly migrationId: string
  /** Why the last handover did not work, if one was tried. */
  readonly problem: AppProblem | null
}

/** A worker waits for the secret and the app no longer has it (B8). */
export function SecretRequest({ migrationId, problem }: SecretRequestProps) {
  const { bridge } = useStores()
  const [refusal, setRefusal] = useState<AppProblem | null>(null)
  const [isBusy, setBusy] = useState(false)
  const banner = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (refusal !== null) banner.current?.scrollIntoView({ block: 'nearest' })
  }, [refusal])

  const supply = async (secretAccessKey: string) => {
    setRefusal(null)
    setBusy(true)
    const answer = await settled(bridge.supplySecret({ migrationId, secretAccessKey }))
    setBusy(false)
    if (!answer.ok) setRefusal(answer.error)
    return answer.ok
  }

  return (
    <Banner tone="warning" icon="key" title={secretRequestCopy.title}>
      <p>{secretRequestCopy.text}</p>
      <SecretForm
        submitLabel={secretRequestCopy.submit}
        submittingLabel={secretRequestCopy.submitting}
        onSubmit={supply}
      />
      {refusal === null ? (
        <ProblemBanner problem={isBusy ? null : problem} wordsOf={rememberedSecretWords} />
      ) : (
        <ProblemBanner ref={banner} problem={refusal} />
      )}
    </Banner>
  )
}
