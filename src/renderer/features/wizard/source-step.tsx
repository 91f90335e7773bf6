import { type RefObject, useRef, useState } from 'react'
import { sourceCopy, wizardCopy } from '../../copy/wizard.ts'
import { useAppState, useStores, useWizardState } from '../../store/stores-context.tsx'
import { Button } from '../../ui/button.tsx'
import type { Opening } from '../../ui/disclosure.tsx'
import { ActionSpacer } from '../../ui/screen.tsx'
import { fillSecret } from '../../ui/secret-field.tsx'
import { useFocusAfterGone } from '../../ui/use-focus-after-gone.ts'
import { ProblemBanner } from '../shell/problem-banner.tsx'
import { ArchivedFilesChoice } from './archived-files-choice.tsx'
import { BucketFields } from './bucket-fields.tsx'
import { CheckAnnouncer, FindingsList } from './findings-list.tsx'
import { KeyFields } from './key-fields.tsx'
import { PermissionsDisclosure } from './permissions-disclosure.tsx'
import { ProviderFields } from './provider-fields.tsx'
import styles from './source-step.module.css'
import { StepFrame } from './step-frame.tsx'
import { type SourceChecking, useSourceCheck } from './use-source-check.ts'
import { fillSource, leaveSource, mayLeaveSource } from './source-model.ts'

interface SourceStepProps {
  readonly secretInput: RefObject<HTMLInputElement | null>
  readonly isHidden: boolean
}

export function SourceStep({ secretInput, isHidden }: SourceStepProps) {
  const { wizard } = useStores()
  const isReady = useWizardState(mayLeaveSource)
  const checking = useSourceCheck(secretInput)
  const proceedButton = useRef<HTMLButtonElement>(null)
  const [permissions, setPermissions] = useState<Opening>({ isOpen: false, asked: 0 })
  const proceed = () => (isReady ? wizard.update(leaveSource) : void checking.check())

  return (
    <StepFrame
      step="source"
      title={sourceCopy.title}
      lead={sourceCopy.lead}
      isHidden={isHidden}
      onSubmit={proceed}
      actions={
        <SourceActions checking={checking} isReady={isReady} proceedButton={proceedButton} />
      }
    >
      <DemoSource
        secretInput={secretInput}
        onFilled={() => {
          // The pressed button is gone; checking is what comes next.
          proceedButton.current?.focus()
        }}
      />
      <ProviderFields />
      <KeyFields secretInput={secretInput} />
      <BucketFields />
      <PermissionsDisclosure
        opening={permissions}
        onToggle={(isOpen) => setPermissions((held) => ({ ...held, isOpen }))}
      />
      <ProblemBanner problem={checking.failure} />
      <CheckAnnouncer />
      <FindingsList
        onFix={(fix) => {
          // The pressed fix goes with its finding; the focus waits where the check can be followed.
          proceedButton.current?.focus()
          checking.fixAndCheck(fix)
        }}
        onPermissionsAsked={() => setPermissions(({ asked }) => ({ isOpen: true, asked: asked + 1 }))}
      />
      <ArchivedFilesChoice />
    </StepFrame>
  )
}

interface DemoSourceProps {
  readonly secretInput: RefObject<HTMLInputElement | null>
  readonly onFilled: () => void
}

/** In the demo, and only while the form is empty. */
function DemoSource({ secretInput, onFilled }: DemoSourceProps) {
  const { bridge, wizard } = useStores()
  const isDemoOffered = useAppState((state) => state.isDemoOffered)
  const isEmpty = useWizardState(({ source }) => source.bucket === '' && source.accessKeyId === '')
  if (!isDemoOffered || !isEmpty) return null
  const fillDemo = async () => {
    const offer = await bridge.getDemoOffer(null)
    if (offer === null) return
    fillSecret(secretInput, offer.secretAccessKey)
    wizard.update((state) => fillSource(state, offer.source))
    onFilled()
  }
  return (
    <div className={styles['demo']}>
      <p>{sourceCopy.demoLead}</p>
      <Button size="small" onPress={() => void fillDemo()}>
        {sourceCopy.fillDemo}
      </Button>
    </div>
  )
}

interface SourceActionsProps {
  readonly checking: SourceChecking
  readonly isReady: boolean
  readonly proceedButton: RefObject<HTMLButtonElement | null>
}

function SourceActions({ checking, isReady, proceedButton }: SourceActionsProps) {
  const check = useWizardState((state) => state.check)
  const isRunning = check.kind === 'running'
  // S5: the credentials are validated once the first page is there.
  const isCounting = check.kind === 'running' && check.progress !== null
  useFocusAfterGone(isRunning, () => proceedButton.current)
  return (
    <>
      <ActionSpacer />
      {isRunning && !isCounting && <Button onPress={checking.stop}>{sourceCopy.stop}</Button>}
      {isCounting && <Button onPress={checking.stopCounting}>{sourceCopy.stopCounting}</Button>}
      <Button ref={proceedButton} variant="primary" type="submit" isPending={isRunning}>
        {isCounting ? sourceCopy.counting : isRunning ? sourceCopy.checking : isReady ? wizardCopy.continue : sourceCopy.check}
      </Button>
    </>
  )
}
