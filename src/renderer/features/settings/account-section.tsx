import type { AccountView } from '#shared/contract/schemas.ts'
import type { Session } from '#shared/ipc/snapshot.ts'
import { organisationLine } from '../../copy/shell.ts'
import { keptUntilQuitWords } from '../../copy/keychain.ts'
import { settingsCopy } from '../../copy/settings.ts'
import { useKeychainName, useStores } from '../../store/stores-context.tsx'
import { Button } from '../../ui/button.tsx'
import { FactsList } from '../../ui/facts-list.tsx'
import styles from './settings.module.css'
import { SettingsSection } from './settings-section.tsx'

export interface AccountSectionProps {
  readonly account: AccountView
  readonly keyKeeping: Extract<Session, { kind: 'signed-in' }>['keyKeeping']
}

export function AccountSection({ account, keyKeeping }: AccountSectionProps) {
  const { bridge } = useStores()
  const keychainName = useKeychainName()
  const isKept = keyKeeping.kind === 'keychain'
  const words = isKept ? null : keptUntilQuitWords(keyKeeping.reason, keychainName)
  return (
    <SettingsSection title={settingsCopy.account}>
      <FactsList
        facts={[
          {
            name: settingsCopy.email,
            value: account.email,
            action: (
              <Button size="small" onPress={() => void bridge.signOut(null)}>
                {settingsCopy.signOut}
              </Button>
            ),
          },
          { name: settingsCopy.organisation, value: organisationLine(account) },
          { name: settingsCopy.key, value: isKept ? settingsCopy.keptIn(keychainName) : settingsCopy.keptUntilQuit },
        ]}
      />
      {words !== null && <p className={styles['lead']}>{words.text}</p>}
    </SettingsSection>
  )
}
