import type { AppProblem, FieldProblemView } from '#shared/ipc/problems.ts'
import { checkApiKey } from '#shared/domain/source-field-rules.ts'
import { type RefObject, useRef, useState } from 'react'
import { settled } from '../../bridge/settled.ts'
import { fieldCopy, fieldLabels } from '../../copy/fields.ts'
import { isKeychainCode, keychainCopy } from '../../copy/keychain.ts'
import { keyRefusedWords, signInCopy } from '../../copy/sign-in.ts'
import { useAppState, useKeychainName, useStores, useWizardState } from '../../store/stores-context.tsx'
import { Button } from '../../ui/button.tsx'
import { fieldId } from '../../ui/field-id.ts'
import { AppMark, Icon } from '../../ui/icons.tsx'
import { cleanSecret, fillSecret, SecretField } from '../../ui/secret-field.tsx'
import { SelfHosting } from '../settings/api-address-section.tsx'
import { ProblemBanner } from '../shell/problem-banner.tsx'
import { secretProblem } from '../shell/secret-problem.ts'
import styles from './sign-in.module.css'

interface SignInScreenProps {
  readonly problem: AppProblem | null
  readonly onRetryKeychain: () => void
}

/** One field: the API key. It is read from its input at the click and checked before it is stored. */
export function SignInScreen({ problem, onRetryKeychain }: SignInScreenProps) {
  const { bridge } = useStores()
  const isDemoOffered = useAppState((state) => state.isDemoOffered)
  const keychainName = useKeychainName()
  const isKeychainInTheWay = problem !== null && isKeychainCode(problem.code)
  const { input, fieldProblem, refusal, isBusy, signIn, clean, forgetProblem } = useSignIn()

  return (
    <main className={styles['signIn']}>
      <form
        className={styles['card']}
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          void signIn()
        }}
      >
        <AppMark size="large" />
        <div className={styles['intro']}>
          <h1 tabIndex={-1}>{signInCopy.title}</h1>
          <p>{signInCopy.lead}</p>
        </div>
        {refusal === null && !isBusy ? (
          <SessionProblem problem={problem} onRetryKeychain={isKeychainInTheWay ? onRetryKeychain : null} />
        ) : (
          <ProblemBanner problem={refusal} />
        )}
        <SecretField
          id={fieldId('apiKey')}
          label={fieldLabels.apiKey}
          showLabel={fieldCopy.show}
          hideLabel={fieldCopy.hide}
          inputRef={input}
          onEdit={forgetProblem}
          hint={signInCopy.whereToMake}
          problem={secretProblem(fieldProblem, clean)}
          isReadOnly={isBusy}
          autoFocus
        />
        <p className={styles['kept']}>
          <Icon name="lock" size="small" />
          {isKeychainInTheWay ? signInCopy.keptIfPossible(keychainName) : signInCopy.keptIn(keychainName)}
        </p>
        <div className={styles['actions']}>
          <Button variant="quiet" icon="external" onPress={() => void bridge.openExternal({ page: 'api-key' })}>
            {signInCopy.openDashboard}
          </Button>
          <Button variant="primary" type="submit" isPending={isBusy}>
            {isBusy ? signInCopy.signingIn : signInCopy.signIn}
          </Button>
        </div>
        {isDemoOffered && <DemoOffer input={input} onFilled={() => void signIn()} isBusy={isBusy} />}
      </form>
      <div className={styles['selfHosting']}>
        <SelfHosting />
      </div>
    </main>
  )
}

interface SessionProblemProps {
  readonly problem: AppProblem | null
  readonly onRetryKeychain: (() => void) | null
}

/** Why nobody is signed in any more. */
function SessionProblem({ problem, onRetryKeychain }: SessionProblemProps) {
  const isFormKept = useWizardState(({ providerId }) => providerId !== null)
  if (onRetryKeychain !== null) {
    const tryAgain = (
      <Button size="small" onPress={onRetryKeychain}>
        {keychainCopy.tryAgain}
      </Button>
    )
    return <ProblemBanner problem={problem} actions={tryAgain} />
  }
  if (problem?.code !== 'unauthenticated') return <ProblemBanner problem={problem} />
  return <ProblemBanner problem={problem} wordsOf={() => keyRefusedWords(isFormKept)} />
}

function useSignIn() {
  const { bridge } = useStores()
  const input = useRef<HTMLInputElement>(null)
  const [fieldProblem, setFieldProblem] = useState<FieldProblemView | null>(null)
  const [refusal, setRefusal] = useState<AppProblem | null>(null)
  const [isBusy, setBusy] = useState(false)

  const signIn = async () => {
    const checked = checkApiKey(input.current?.value ?? '')
    setRefusal(null)
    setFieldProblem(checked.ok ? null : checked.error)
    if (!checked.ok) return input.current?.focus()
    setBusy(true)
    const answer = await settled(bridge.signIn({ apiKey: checked.value }))
    setBusy(false)
    if (answer.ok) return
    setRefusal(answer.error)
    input.current?.focus()
  }

  const forgetProblem = () => setFieldProblem(null)
  const clean = () => {
    cleanSecret(input)
    forgetProblem()
  }

  return { input, fieldProblem, refusal, isBusy, signIn, clean, forgetProblem }
}

function DemoOffer({
  input,
  onFilled,
  isBusy,
}: {
  readonly input: RefObject<HTMLInputElement | null>
  readonly onFilled: () => void
  readonly isBusy: boolean
}) {
  const { bridge } = useStores()
  const fillIn = async () => {
    const offer = await bridge.getDemoOffer(null)
    if (offer === null) return
    fillSecret(input, offer.apiKey)
    onFilled()
  }
  return (
    <div className={styles['demo']}>
      <p>{signInCopy.demoLead}</p>
      <Button size="small" isDisabled={isBusy} onPress={() => void fillIn()}>
        {signInCopy.useDemo}
      </Button>
    </div>
  )
}
