import { fieldLabels } from '../../copy/fields.ts'
import { destinationCopy, wizardCopy } from '../../copy/wizard.ts'
import { placeText } from '../../presenters/migration-presenter.ts'
import { useStores, useWizardState } from '../../store/stores-context.tsx'
import { Button } from '../../ui/button.tsx'
import { fieldId, focusField } from '../../ui/field-id.ts'
import { ActionSpacer } from '../../ui/screen.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { DestinationCards } from './destination-cards.tsx'
import styles from './destination-step.module.css'
import { StepFrame } from './step-frame.tsx'
import { useShownProblem } from './use-shown-problem.ts'
import {
  destinationPrefixText,
  enterReview,
  judgeDestinationPrefix,
  landingKey,
  setDestinationPrefix,
} from './destination-model.ts'
import { goTo } from './wizard-state.ts'

export function DestinationStep() {
  const { wizard } = useStores()
  return (
    <StepFrame
      step="destination"
      title={destinationCopy.title}
      lead={destinationCopy.lead}
      onSubmit={() => wizard.update((state) => enterReview(state, crypto.randomUUID()))}
      actions={
        <>
          <Button onPress={() => wizard.update((state) => goTo(state, 'source'))}>{wizardCopy.back}</Button>
          <ActionSpacer />
          <Button variant="primary" type="submit">
            {wizardCopy.continue}
          </Button>
        </>
      }
    >
      <DestinationCards />
      <DestinationPrefix />
    </StepFrame>
  )
}

/** The prefix mirrors the source until it is edited (S4); below it the key of the first file. */
function DestinationPrefix() {
  const { wizard } = useStores()
  const text = useWizardState(destinationPrefixText)
  const isEdited = useWizardState((state) => state.editedDestinationPrefix !== null)
  const problem = useShownProblem('destinationPrefix')
  return (
    <div className={styles['prefix']}>
      <TextField
        id={fieldId('destinationPrefix')}
        label={fieldLabels.destinationPrefix}
        value={text}
        onChange={(edited) => wizard.update((state) => setDestinationPrefix(state, edited))}
        onBlur={() => wizard.update(judgeDestinationPrefix)}
        problem={problem}
        isMono
      />
      <div className={styles['mirror']}>
        <span>{isEdited ? destinationCopy.edited : destinationCopy.mirrors}</span>
        {isEdited && (
          <Button
            variant="quiet"
            size="small"
            onPress={() => {
              // The pressed button is gone; what it changed stands above it.
              focusField('destinationPrefix')
              wizard.update((state) => setDestinationPrefix(state, null))
            }}
          >
            {destinationCopy.mirrorAgain}
          </Button>
        )}
      </div>
      <LandingPlace />
    </div>
  )
}

function LandingPlace() {
  const key = useWizardState(landingKey)
  const bucket = useWizardState((state) => state.destination?.bucket ?? null)
  if (key === null || bucket === null) return null
  return (
    <p className={styles['landing']}>
      {destinationCopy.firstFile} <code>{placeText(bucket, key)}</code>
    </p>
  )
}
