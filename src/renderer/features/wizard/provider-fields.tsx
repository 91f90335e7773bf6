import { CUSTOM_PROVIDER_ID, providerPresets } from '#shared/domain/provider-presets.ts'
import { fieldLabels } from '../../copy/fields.ts'
import { presetText, sourceCopy } from '../../copy/wizard.ts'
import { useStores, useWizardState } from '../../store/stores-context.tsx'
import { fieldId } from '../../ui/field-id.ts'
import { SelectField, type SelectGroup } from '../../ui/select-field.tsx'
import { SourceTextField } from './source-text-field.tsx'
import styles from './source-step.module.css'
import { useShownProblem } from './use-shown-problem.ts'
import { chooseProvider } from './source-model.ts'

const providerNames = [...new Set(providerPresets.map(({ providerName }) => providerName))]
const providerGroups: readonly SelectGroup[] = [
  ...providerNames.map((name) => {
    const presets = providerPresets.filter(({ providerName }) => providerName === name)
    return { name, options: presets.map((preset) => ({ id: preset.id, text: presetText(preset) })) }
  }),
  { name: sourceCopy.customGroup, options: [{ id: CUSTOM_PROVIDER_ID, text: sourceCopy.customProvider }] },
]

/** The provider; below it endpoint and region, as facts for a preset and as fields for custom (S1). */
export function ProviderFields() {
  const { wizard } = useStores()
  const providerId = useWizardState((state) => state.providerId)
  const isRunning = useWizardState((state) => state.check.kind === 'running')
  const endpointProblem = useShownProblem('endpoint')
  const regionProblem = useShownProblem('region')
  const isCustom = providerId === CUSTOM_PROVIDER_ID

  return (
    <div className={styles['group']}>
      <SelectField
        // Custom has fields of its own to show problems at; else the choice is what has to change.
        id={isCustom ? 'field-provider' : fieldId('endpoint')}
        label={sourceCopy.provider}
        placeholder={sourceCopy.providerPlaceholder}
        groups={providerGroups}
        alwaysShownText={sourceCopy.customProvider}
        selectedId={providerId}
        onSelect={(id) => wizard.update((state) => chooseProvider(state, id))}
        problem={isCustom ? null : (endpointProblem ?? regionProblem)}
        isReadOnly={isRunning}
      />
      {isCustom && (
        <div className={styles['wideAndNarrow']}>
          <SourceTextField name="endpoint" hint={sourceCopy.endpointHint} placeholder="https://" />
          <SourceTextField name="region" hint={sourceCopy.regionHint} placeholder="us-east-1" />
        </div>
      )}
      {!isCustom && providerId !== null && <PlaceFacts />}
    </div>
  )
}

function PlaceFacts() {
  const { endpoint, region } = useWizardState((state) => state.source)
  return (
    <dl className={styles['place']}>
      <div>
        <dt>{sourceCopy.endpointFact}</dt>
        <dd>{endpoint}</dd>
      </div>
      <div>
        <dt>{fieldLabels.region}</dt>
        <dd>{region}</dd>
      </div>
    </dl>
  )
}
