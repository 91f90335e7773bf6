import { type ReactNode, useState } from 'react'
import { settingsCopy } from '../../copy/settings.ts'
import { useStores } from '../../store/stores-context.tsx'
import { Button } from '../../ui/button.tsx'
import { Disclosure } from '../../ui/disclosure.tsx'
import { DiagnosticsPanel } from './diagnostics-panel.tsx'
import { LicencesPanel } from './licences-panel.tsx'
import styles from './settings.module.css'
import { SettingsCard, SettingsSection } from './settings-section.tsx'

export function HelpSection() {
  const { bridge } = useStores()
  return (
    <SettingsSection title={settingsCopy.help}>
      <SettingsCard>
        <div className={styles['row']}>
          <div className={styles['rowBody']}>
            <p>{settingsCopy.helpLead}</p>
          </div>
          <div className={styles['buttons']}>
            <Button size="small" icon="external" onPress={() => void bridge.openExternal({ page: 'documentation' })}>
              {settingsCopy.documentation}
            </Button>
            <Button size="small" icon="external" onPress={() => void bridge.openExternal({ page: 'support' })}>
              {settingsCopy.support}
            </Button>
          </div>
        </div>
        <div className={styles['panel']}>
          <Opened title={settingsCopy.diagnostics}>
            <DiagnosticsPanel />
          </Opened>
        </div>
        <div className={styles['panel']}>
          <Opened title={settingsCopy.licences}>
            <LicencesPanel />
          </Opened>
        </div>
      </SettingsCard>
    </SettingsSection>
  )
}

/** Asks main for its content only once it is opened, and anew each time. */
function Opened({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const [isOpen, setOpen] = useState(false)
  return (
    <Disclosure title={title} onToggle={setOpen}>
      {isOpen && children}
    </Disclosure>
  )
}
