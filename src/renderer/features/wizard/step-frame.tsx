import type { ReactNode } from 'react'
import { wizardCopy } from '../../copy/wizard.ts'
import { Screen, ScreenHeading } from '../../ui/screen.tsx'
import { Stepper } from '../../ui/stepper.tsx'
import { type WizardStep, wizardSteps } from './wizard-state.ts'

export function stepHeadingId(step: WizardStep): string {
  return `heading-${step}`
}

interface StepFrameProps {
  readonly step: WizardStep
  readonly title: string
  readonly lead?: ReactNode
  readonly children: ReactNode
  readonly actions: ReactNode
  readonly onSubmit: () => void
  readonly isHidden?: boolean
}

/** What the three steps share: where one is, the heading, and the action bar. */
export function StepFrame({ step, title, lead, children, actions, onSubmit, isHidden = false }: StepFrameProps) {
  const steps = wizardSteps.map((id) => ({ id, name: wizardCopy.steps[id] }))
  return (
    <Screen
      label={wizardCopy.steps[step]}
      header={<Stepper label={wizardCopy.stepsLabel} steps={steps} currentId={step} />}
      actions={actions}
      onSubmit={onSubmit}
      isHidden={isHidden}
    >
      <ScreenHeading id={stepHeadingId(step)} {...(lead === undefined ? {} : { lead })}>
        {title}
      </ScreenHeading>
      {children}
    </Screen>
  )
}
