import { notificationTopics } from '#shared/ipc/preference-values.ts'
import type { Preferences } from '#shared/ipc/preferences.ts'
import { settingsCopy, topicWords } from '../../copy/settings.ts'
import { Switch } from '../../ui/switch.tsx'
import { ProblemBanner } from '../shell/problem-banner.tsx'
import { SettingsCard, SettingsSection } from './settings-section.tsx'
import { useChangePreferences } from './use-change-preferences.ts'

export function NotificationsSection({ preferences: { notifications } }: { readonly preferences: Preferences }) {
  const { problem, change } = useChangePreferences()
  return (
    <SettingsSection title={settingsCopy.notifications} lead={settingsCopy.notificationsLead}>
      <SettingsCard>
        {notificationTopics.map((topic) => (
          <Switch
            key={topic}
            label={topicWords[topic].name}
            hint={topicWords[topic].hint}
            isSelected={notifications[topic]}
            onChange={(isOn) => change({ notifications: { ...notifications, [topic]: isOn } })}
          />
        ))}
      </SettingsCard>
      <ProblemBanner problem={problem} />
    </SettingsSection>
  )
}
