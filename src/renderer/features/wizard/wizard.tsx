import { useEffect, useRef } from 'react'
import { useStores, useWizardState } from '../../store/stores-context.tsx'
import { focusField } from '../../ui/field-id.ts'
import { DestinationStep } from './destination-step.tsx'
import { ReviewStep } from './review-step.tsx'
import { SourceStep } from './source-step.tsx'
import { stepHeadingId } from './step-frame.tsx'
import { forgetSecret } from './source-model.ts'
import { focusDone } from './wizard-state.ts'

/**
 * The three steps. The source stays mounted, only hidden, on the later ones: its input is the one place
 * that holds the secret. Leaving the wizard takes the input away, and the check with it.
 */
export function Wizard() {
  const { bridge, wizard } = useStores()
  const step = useWizardState((state) => state.step)
  const secretInput = useRef<HTMLInputElement>(null)
  useFocusWithin()

  useEffect(
    () => () => {
      if (wizard.state.getState().check.kind === 'running') void bridge.stopSourceCheck(null)
      wizard.update(forgetSecret)
    },
    [bridge, wizard],
  )

  return (
    <>
      <SourceStep secretInput={secretInput} isHidden={step !== 'source'} />
      {step === 'destination' && <DestinationStep />}
      {step === 'review' && <ReviewStep secretInput={secretInput} />}
    </>
  )
}

/** A step that is entered gets the focus on its heading; a field in trouble gets it before that. */
function useFocusWithin(): void {
  const { wizard } = useStores()
  const step = useWizardState((state) => state.step)
  const focusRequest = useWizardState((state) => state.focusRequest)

  useEffect(() => {
    const { focusRequest: wanted, check } = wizard.state.getState()
    // Findings that sent us back to the source have taken the focus already.
    const isBlocked = step === 'source' && check.kind === 'blocked' && !check.isStale
    if (wanted === null && !isBlocked) document.getElementById(stepHeadingId(step))?.focus()
  }, [wizard, step])

  useEffect(() => {
    if (focusRequest === null) return
    focusField(focusRequest)
    wizard.update(focusDone)
  }, [wizard, focusRequest])
}
