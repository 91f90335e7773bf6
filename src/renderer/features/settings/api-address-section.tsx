import { apiAddressCopy } from '../../copy/settings.ts'
import { useAppState } from '../../store/stores-context.tsx'
import { Disclosure } from '../../ui/disclosure.tsx'
import { ApiAddressForm } from './api-address-form.tsx'
import styles from './settings.module.css'
import { SettingsCard, SettingsSection } from './settings-section.tsx'

export function ApiAddressSection() {
  const origin = useAppState(({ facts }) => facts?.apiOrigin ?? '')
  const isFixed = useAppState(({ facts }) => facts?.apiOriginSource === 'environment')
  return (
    <SettingsSection title={apiAddressCopy.title} lead={apiAddressCopy.lead}>
      <SettingsCard>
        {isFixed ? <p className={styles['panel']}>{apiAddressCopy.fixed(origin)}</p> : <ApiAddressForm isSignedIn />}
      </SettingsCard>
    </SettingsSection>
  )
}

/** Below the sign-in; nothing where the address is fixed. */
export function SelfHosting() {
  const isFixed = useAppState(({ facts }) => facts === null || facts.apiOriginSource === 'environment')
  if (isFixed) return null
  return (
    <Disclosure title={apiAddressCopy.selfHosting}>
      <p className={styles['lead']}>{apiAddressCopy.lead}</p>
      <SettingsCard>
        <ApiAddressForm isSignedIn={false} />
      </SettingsCard>
    </Disclosure>
  )
}
