import { useEffect, useRef } from 'react'
import { archivedCopy } from '../../copy/review.ts'
import { useStores, useWizardState } from '../../store/stores-context.tsx'
import { RadioCards } from '../../ui/radio-cards.tsx'
import styles from './choice.module.css'
import { chooseForArchived, isArchivedChoiceNeeded } from './source-model.ts'
import type { ArchivedChoice } from './wizard-state.ts'

const choices: readonly ArchivedChoice[] = ['copy-rest', 'stop']
const groupId = 'archived-choice'

/** S17, B9: what to do about archived files, asked before anything is dispatched. */
export function ArchivedFilesChoice() {
  const { wizard } = useStores()
  const isNeeded = useWizardState(isArchivedChoiceNeeded)
  const choice = useWizardState(({ check }) => (check.kind === 'ready' ? check.archivedChoice : null))
  const isMissed = useWizardState(({ check }) => check.kind === 'ready' && check.isChoiceMissed)
  const section = useRef<HTMLElement>(null)
  useEffect(() => {
    if (isMissed) section.current?.querySelector<HTMLInputElement>('input')?.focus()
  }, [isMissed])
  useEffect(() => {
    // What the choice opens would be hidden behind the action bar.
    if (isNeeded) section.current?.scrollIntoView({ block: 'nearest' })
  }, [isNeeded, choice])

  if (!isNeeded) return null
  return (
    <section ref={section} aria-labelledby={`${groupId}-title`} className={styles['choice']}>
      <h2 id={`${groupId}-title`}>{archivedCopy.question}</h2>
      <RadioCards
        id={groupId}
        label={archivedCopy.question}
        cards={choices.map((id) => ({ id, ...archivedCopy.choices[id] }))}
        selectedId={choice}
        onSelect={(id) => {
          const chosen = choices.find((known) => known === id)
          if (chosen !== undefined) wizard.update((state) => chooseForArchived(state, chosen))
        }}
        problem={isMissed ? { text: archivedCopy.missed } : null}
      />
      {choice === 'stop' && <p className={styles['note']}>{archivedCopy.howToRestore}</p>}
    </section>
  )
}
