import { destinationFolder } from '#shared/domain/s3-location-model.ts'
import type { DestinationView } from '#shared/contract/schemas.ts'
import { trimPasted } from '#shared/domain/text-rules.ts'
import { exactBytes } from '#shared/domain/amounts.ts'
import { type RefObject, useEffect, useRef } from 'react'
import {
  capitalised,
  destinationPlace,
  reviewCopy,
  reviewSentence,
  sourcePlace,
  stoppedCheckWords,
  targetText,
  wizardCopy,
} from '../../copy/wizard.ts'
import { notCopiedLines, sizeText, timeText } from '../../copy/review.ts'
import { useAppState, useStores, useWizardState } from '../../store/stores-context.tsx'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { type Fact, FactsList } from '../../ui/facts-list.tsx'
import { ActionSpacer } from '../../ui/screen.tsx'
import styles from './choice.module.css'
import { StartOptions } from './start-options.tsx'
import { StartRefusal } from './start-refusal.tsx'
import { StepFrame } from './step-frame.tsx'
import { useStart } from './use-start.ts'
import { destinationPrefixText } from './destination-model.ts'
import { type CheckState, goTo, type WizardState, type WizardStep } from './wizard-state.ts'

/** What will happen, in one sentence and a few facts, and the button that makes it happen. */
export function ReviewStep({ secretInput }: { readonly secretInput: RefObject<HTMLInputElement | null> }) {
  const { wizard } = useStores()
  const state = useWizardState((held) => held)
  const capBytesPerSecond = useAppState(({ snapshot }) =>
    snapshot?.session.kind === 'signed-in' ? snapshot.session.account.capBytesPerSecond : null,
  )
  const { start, isBusy, refusal } = useStart(secretInput)
  const banner = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (refusal === null) return
    banner.current?.scrollIntoView({ block: 'nearest' })
    banner.current?.focus({ preventScroll: true })
  }, [refusal])

  const { check, destination } = state
  if (check.kind !== 'ready' || destination === null) return null
  const folder = destinationFolder(trimPasted(destinationPrefixText(state)), check.target)
  return (
    <StepFrame
      step="review"
      title={reviewCopy.title}
      lead={reviewSentence({
        target: check.target,
        sourceBucket: trimPasted(state.source.bucket),
        destination,
        folder,
      })}
      onSubmit={() => void start()}
      actions={
        <>
          <Button isDisabled={isBusy} onPress={() => wizard.update((held) => goTo(held, 'destination'))}>
            {wizardCopy.back}
          </Button>
          <ActionSpacer />
          <Button variant="primary" type="submit" isPending={isBusy}>
            {isBusy ? reviewCopy.starting : reviewCopy.start}
          </Button>
        </>
      }
    >
      <FactsList
        facts={reviewFacts(state, check, destination, folder, capBytesPerSecond, (step) =>
          wizard.update((held) => goTo(held, step)),
        )}
      />
      <StartOptions />
      {refusal === 'stopped' && (
        <Banner ref={banner} tone="neutral" role="alert" title={stoppedCheckWords.title}>
          {stoppedCheckWords.text}
        </Banner>
      )}
      {refusal !== null && refusal !== 'stopped' && <StartRefusal ref={banner} problem={refusal} />}
    </StepFrame>
  )
}

function NotCopied({ lines }: { readonly lines: readonly string[] }) {
  return (
    <ul className={styles['lines']}>
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  )
}

function reviewFacts(
  state: WizardState,
  { target, survey, findings }: Extract<CheckState, { kind: 'ready' }>,
  destination: DestinationView,
  folder: string,
  capBytesPerSecond: number | null,
  change: (step: WizardStep) => void,
): readonly Fact[] {
  const changeTo = (step: WizardStep, label: string) => (
    <Button variant="quiet" size="small" aria-label={label} onPress={() => change(step)}>
      {reviewCopy.change}
    </Button>
  )
  return [
    {
      name: reviewCopy.from,
      value: `${trimPasted(state.source.bucket)} · ${sourcePlace(state.source.endpoint)}`,
      action: changeTo('source', reviewCopy.changeSource),
    },
    { name: reviewCopy.what, value: capitalised(targetText(target)) },
    {
      name: reviewCopy.to,
      value: destinationPlace(destination, folder),
      action: changeTo('destination', reviewCopy.changeDestination),
    },
    { name: reviewCopy.size, value: sizeText(survey), title: exactBytes(survey.bytes) },
    ...(capBytesPerSecond === null ? [] : [{ name: reviewCopy.time, value: timeText(survey, capBytesPerSecond) }]),
    { name: reviewCopy.notCopied, value: <NotCopied lines={notCopiedLines(survey, findings)} /> },
    { name: reviewCopy.unchanged, value: reviewCopy.unchangedFact },
  ]
}
