import { CUSTOM_PROVIDER_ID, findPreset } from '#shared/domain/provider-presets.ts'
import { trimPasted } from '#shared/domain/text-rules.ts'
import { shellCopy } from '../../copy/shell.ts'
import { sourceCopy } from '../../copy/wizard.ts'
import { leastPrivilegePolicy } from '../../presenters/policy-presenter.ts'
import { useWizardState } from '../../store/stores-context.tsx'
import { CodeBlock } from '../../ui/code-block.tsx'
import { Disclosure } from '../../ui/disclosure.tsx'
import styles from './source-step.module.css'

/** What the source key needs, for exactly this bucket and prefix. */
export function PermissionsDisclosure(props: Pick<Parameters<typeof Disclosure>[0], 'opening' | 'onToggle'>) {
  const providerId = useWizardState((state) => state.providerId)
  const { bucket, prefix } = useWizardState((state) => state.source)
  if (findPreset(providerId ?? '')?.provider === 'backblaze') {
    return (
      <Disclosure title={sourceCopy.permissions} {...props}>
        <p className={styles['muted']}>{sourceCopy.permissionsBackblaze}</p>
      </Disclosure>
    )
  }
  return (
    <Disclosure title={sourceCopy.permissions} {...props}>
      <p className={styles['muted']}>{sourceCopy.permissionsLead}</p>
      <CodeBlock
        text={leastPrivilegePolicy(trimPasted(bucket), trimPasted(prefix))}
        label={sourceCopy.permissions}
        copyLabel={shellCopy.copy}
        copiedLabel={shellCopy.copied}
      />
      {providerId === CUSTOM_PROVIDER_ID && <p className={styles['muted']}>{sourceCopy.permissionsOther}</p>}
    </Disclosure>
  )
}
