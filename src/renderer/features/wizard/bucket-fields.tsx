import { trimPasted } from '#shared/domain/text-rules.ts'
import { copiesLine } from '../../copy/wizard.ts'
import { useWizardState } from '../../store/stores-context.tsx'
import { Icon } from '../../ui/icons.tsx'
import { SourceTextField } from './source-text-field.tsx'
import styles from './source-step.module.css'
import { isSourceReady } from './source-model.ts'
import { checkedTarget } from './wizard-state.ts'

/** Bucket and prefix, and live what they mean (S2). */
export function BucketFields() {
  const prefix = useWizardState((state) => trimPasted(state.source.prefix))
  const isObjectMeant = useWizardState((state) => state.source.prefixMeans === 'object')
  const target = useWizardState((state) => (isSourceReady(state) ? checkedTarget(state) : null))
  const hasProblem = useWizardState((state) => state.problems.prefix !== undefined)
  return (
    <div className={styles['group']}>
      <div className={styles['halves']}>
        <SourceTextField name="bucket" />
        <SourceTextField name="prefix" placeholder="photos/" />
      </div>
      {!hasProblem && (
        <p className={styles['quiet']}>
          <Icon name="folder" size="small" />
          <span>{copiesLine(prefix, isObjectMeant, target)}</span>
        </p>
      )}
    </div>
  )
}
