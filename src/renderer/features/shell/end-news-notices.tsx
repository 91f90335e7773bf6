import type { MigrationView } from '#shared/contract/schemas.ts'
import { useEffect } from 'react'
import { endNewsCopy, endNewsWords } from '../../copy/end-news.ts'
import { shellCopy } from '../../copy/shell.ts'
import { isLivePhase, listedPhase, type OutcomePhase } from '../../presenters/migration-presenter.ts'
import type { ViewState } from '../../store/view-model.ts'
import { useAppState, useStores } from '../../store/stores-context.tsx'
import { Banner, type Tone } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'

const tones: Readonly<Record<OutcomePhase, Tone>> = {
  completed: 'good',
  'completed-with-exceptions': 'warning',
  failed: 'bad',
  cancelled: 'neutral',
}

interface EndNewsProps {
  readonly place: ViewState['place']
  readonly currentId: string | null
}

/** Ends that are told here, because the window is in front, instead of by a notification. */
export function EndNewsNotices({ place, currentId }: EndNewsProps) {
  const endNews = useAppState(({ snapshot }) => snapshot?.endNews ?? noNews)
  return endNews.map((migration) => (
    <EndNewsNotice
      key={migration.id}
      migration={migration}
      isOutcomeShown={place === 'migration' && migration.id === currentId}
    />
  ))
}

/** Steady, as a store's selector has to be. */
const noNews: readonly MigrationView[] = []

interface EndNewsNoticeProps {
  readonly migration: MigrationView
  readonly isOutcomeShown: boolean
}

function EndNewsNotice({ migration, isOutcomeShown }: EndNewsNoticeProps) {
  const { bridge } = useStores()
  const { id: migrationId } = migration
  const phase = listedPhase(migration)
  useEffect(() => {
    if (isOutcomeShown) void bridge.putEndNewsAway({ migrationId })
    else void bridge.endNewsShown({ migrationId })
  }, [bridge, isOutcomeShown, migrationId])
  if (isOutcomeShown || isLivePhase(phase)) return null
  const words = endNewsWords(phase, migration)
  return (
    <Banner
      tone={tones[phase]}
      title={words.title}
      actions={
        <Button size="small" onPress={() => void bridge.openMigration({ migrationId })}>
          {endNewsCopy.show}
        </Button>
      }
      dismiss={{ label: shellCopy.dismiss, onPress: () => void bridge.putEndNewsAway({ migrationId }) }}
    >
      {words.text}
    </Banner>
  )
}
