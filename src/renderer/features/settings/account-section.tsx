import type { AccountView } from '#shared/contract/schemas.ts'
import { organisationLine } from '../../copy/shell.ts'
import { keptUntilQuitWords, keychainCopy } from '../../copy/keychain.ts'
import { settingsCopy } from '../../copy/settings.ts'
import { useKeychainName, useStores } from '../../store/stores-context.tsx'
import { Button } from '../../ui/button.tsx'
import { FactsList } from '../../ui/facts-list.tsx'
import type { KeyKeeping } from '../shell/keeping-notice.tsx'
import { useRetryKeychain } from '../shell/use-retry-keychain.ts'
import styles from './settings.module.css'
import { SettingsSection } from './settings-section.tsx'

export interface AccountSectionProps {
  readonly account: AccountView
  readonly keyKeeping: KeyKeeping
}

export function AccountSection({ account, keyKeeping }: AccountSectionProps) {
  const { bridge } = useStores()
  const keychainName = useKeychainName()
  const { isTrying, hasFailed, retry } = useRetryKeychain()
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
          isKept
            ? { name: settingsCopy.key, value: settingsCopy.keptIn(keychainName) }
            : {
                name: settingsCopy.key,
                value: settingsCopy.keptUntilQuit,
                action: (
                  <Button size="small" isPending={isTrying} onPress={retry}>
                    {isTrying ? keychainCopy.trying : keychainCopy.tryAgain}
                  </Button>
                ),
              },
        ]}
      />
      {words !== null && <p className={styles['lead']}>{words.text}</p>}
      <div role="status">{words !== null && hasFailed && <p className={styles['lead']}>{keychainCopy.stillNot}</p>}</div>
    </SettingsSection>
  )
}
