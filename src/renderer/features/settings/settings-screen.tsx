import type { Preferences } from '#shared/ipc/preferences.ts'
import { useId } from 'react'
import { settingsCopy } from '../../copy/settings.ts'
import { useAppState } from '../../store/stores-context.tsx'
import { Screen, ScreenHeading } from '../../ui/screen.tsx'
import { useFocusOnEnter } from '../../ui/use-focus-on-enter.ts'
import { AccountSection, type AccountSectionProps } from './account-section.tsx'
import { ApiAddressSection } from './api-address-section.tsx'
import { GeneralSection } from './general-section.tsx'
import { HelpSection } from './help-section.tsx'
import { NotificationsSection } from './notifications-section.tsx'
import { RememberedSourcesSection } from './remembered-sources-section.tsx'
import { UpdatesSection } from './updates-section.tsx'

/** B13: every switch takes effect at once. */
export function SettingsScreen({ account, keyKeeping }: AccountSectionProps) {
  const headingId = useId()
  useFocusOnEnter(headingId)
  const preferences = useAppState(({ snapshot }): Preferences | null => snapshot?.preferences ?? null)
  if (preferences === null) return null
  return (
    <Screen label={settingsCopy.title}>
      <ScreenHeading id={headingId}>{settingsCopy.title}</ScreenHeading>
      <AccountSection account={account} keyKeeping={keyKeeping} />
      <GeneralSection preferences={preferences} />
      <NotificationsSection preferences={preferences} />
      <RememberedSourcesSection />
      <ApiAddressSection />
      <UpdatesSection />
      <HelpSection />
    </Screen>
  )
}
