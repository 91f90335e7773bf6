import { existingPolicies } from '#shared/domain/object-outcome.ts'
import { optionsCopy } from '../../copy/review.ts'
import { useKeychainName, useStores, useWizardState } from '../../store/stores-context.tsx'
import { Checkbox } from '../../ui/checkbox.tsx'
import { RadioCards } from '../../ui/radio-cards.tsx'
import styles from './choice.module.css'

const groupId = 'existing-files'

/** B4, B7: what may be decided before the start; the defaults fit most. */
export function StartOptions() {
  const { wizard } = useStores()
  const existing = useWizardState((state) => state.existing)
  const isSecretRemembered = useWizardState((state) => state.isSecretRemembered)
  const keychainName = useKeychainName()
  return (
    <>
      <section aria-labelledby={`${groupId}-title`} className={styles['choice']}>
        <h2 id={`${groupId}-title`}>{optionsCopy.existing}</h2>
        <RadioCards
          id={groupId}
          label={optionsCopy.existing}
          cards={existingPolicies.map((id) => ({ id, ...optionsCopy.policies[id] }))}
          selectedId={existing}
          onSelect={(id) => {
            const chosen = existingPolicies.find((policy) => policy === id)
            if (chosen !== undefined) wizard.update((state) => ({ ...state, existing: chosen }))
          }}
        />
      </section>
      <Checkbox
        isSelected={isSecretRemembered}
        onChange={(isSelected) => wizard.update((state) => ({ ...state, isSecretRemembered: isSelected }))}
        hint={optionsCopy.rememberHint}
      >
        {optionsCopy.remember(keychainName)}
      </Checkbox>
    </>
  )
}
