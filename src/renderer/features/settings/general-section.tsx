import { themes } from '#shared/ipc/preference-values.ts'
import type { Preferences } from '#shared/ipc/preferences.ts'
import { settingsCopy, themeWords } from '../../copy/settings.ts'
import { SegmentedControl } from '../../ui/segmented-control.tsx'
import { Switch } from '../../ui/switch.tsx'
import { ProblemBanner } from '../shell/problem-banner.tsx'
import { SettingsCard, SettingsSection } from './settings-section.tsx'
import { useChangePreferences } from './use-change-preferences.ts'

export function GeneralSection({ preferences }: { readonly preferences: Preferences }) {
  const { problem, change } = useChangePreferences()
  const { isLaunchedAtLogin } = preferences
  return (
    <SettingsSection title={settingsCopy.general}>
      <SettingsCard>
        <SegmentedControl
          label={settingsCopy.theme}
          options={themes.map((id) => ({ id, name: themeWords[id] }))}
          selectedId={preferences.theme}
          onSelect={(theme) => change({ theme })}
        />
        <Switch
          label={settingsCopy.launchAtLogin}
          hint={isLaunchedAtLogin === null ? settingsCopy.launchAtLoginNotHere : settingsCopy.launchAtLoginHint}
          isSelected={isLaunchedAtLogin ?? false}
          isDisabled={isLaunchedAtLogin === null}
          onChange={(isOn) => change({ isLaunchedAtLogin: isOn })}
        />
        {isLaunchedAtLogin === true && (
          <Switch
            label={settingsCopy.startInTray}
            hint={settingsCopy.startInTrayHint}
            isSelected={preferences.isStartedInTray}
            onChange={(isStartedInTray) => change({ isStartedInTray })}
          />
        )}
        <Switch
          label={settingsCopy.keepInTray}
          hint={settingsCopy.keepInTrayHint}
          isSelected={preferences.isKeptInTray}
          onChange={(isKeptInTray) => change({ isKeptInTray })}
        />
      </SettingsCard>
      <ProblemBanner problem={problem} />
    </SettingsSection>
  )
}
