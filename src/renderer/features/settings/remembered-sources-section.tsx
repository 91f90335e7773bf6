import { useRef } from 'react'
import { notForgottenWords } from '../../copy/keychain.ts'
import { settingsCopy } from '../../copy/settings.ts'
import { sourcePlace } from '../../copy/wizard.ts'
import { useKeychainName } from '../../store/stores-context.tsx'
import { Announcer } from '../../ui/announcer.tsx'
import { Button } from '../../ui/button.tsx'
import { useFocusAfterGone } from '../../ui/use-focus-after-gone.ts'
import { ProblemBanner } from '../shell/problem-banner.tsx'
import styles from './settings.module.css'
import { SettingsCard, SettingsSection } from './settings-section.tsx'
import { type RememberedSource, sourceKey, useRememberedSources } from './use-remembered-sources.ts'

export function RememberedSourcesSection() {
  const keychainName = useKeychainName()
  const { sources, forgetting, problem, hasForgotten, forget } = useRememberedSources()
  const heading = useRef<HTMLHeadingElement>(null)
  useFocusAfterGone(forgetting !== null, () => heading.current)
  return (
    <SettingsSection headingRef={heading} title={settingsCopy.remembered} lead={settingsCopy.rememberedLead(keychainName)}>
      <SettingsCard>
        {sources?.length === 0 && (
          <div className={styles['empty']}>
            <p>{settingsCopy.rememberedEmptyTitle}</p>
            <p className={styles['detail']}>{settingsCopy.rememberedEmptyText}</p>
          </div>
        )}
        {sources?.map((source) => (
          <SourceRow
            key={sourceKey(source)}
            source={source}
            isForgetting={forgetting === sourceKey(source)}
            isBusy={forgetting !== null}
            onForget={() => forget(source)}
          />
        ))}
      </SettingsCard>
      <ProblemBanner problem={problem} wordsOf={notForgottenWords} />
      <Announcer text={hasForgotten ? settingsCopy.forgotten : ''} />
    </SettingsSection>
  )
}

interface SourceRowProps {
  readonly source: RememberedSource
  readonly isForgetting: boolean
  readonly isBusy: boolean
  readonly onForget: () => void
}

function SourceRow({ source, isForgetting, isBusy, onForget }: SourceRowProps) {
  return (
    <div className={styles['row']}>
      <div className={styles['rowBody']}>
        <span title={source.endpoint} data-selectable>
          {sourcePlace(source.endpoint)}
        </span>
        <span className={styles['detail']} data-selectable>
          {settingsCopy.accessKey} <code>{source.accessKeyId}</code>
        </span>
      </div>
      <Button
        size="small"
        aria-label={settingsCopy.forgetLabel(source.accessKeyId, source.endpoint)}
        isPending={isForgetting}
        isDisabled={isBusy && !isForgetting}
        onPress={onForget}
      >
        {isForgetting ? settingsCopy.forgetting : settingsCopy.forget}
      </Button>
    </div>
  )
}
