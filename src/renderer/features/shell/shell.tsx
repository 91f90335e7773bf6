import type { AccountView } from '#shared/contract/schemas.ts'
import { endNewsCopy, secretNeededNews } from '../../copy/end-news.ts'
import { problemWords } from '../../copy/problems.ts'
import { rememberProblemWords } from '../../copy/outcome.ts'
import { connectionWords, liveWhilePreparing, shellCopy } from '../../copy/shell.ts'
import { isLivePhase, migrationPhase } from '../../presenters/migration-presenter.ts'
import { useAppState, useKeychainName, useStores, useViewState } from '../../store/stores-context.tsx'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { HistoryScreen } from '../history/history-screen.tsx'
import { MigrationScreen } from '../migration/migration-screen.tsx'
import { SettingsScreen } from '../settings/settings-screen.tsx'
import { Wizard } from '../wizard/wizard.tsx'
import { EndNewsNotices } from './end-news-notices.tsx'
import { KeepingNotice, type KeyKeeping } from './keeping-notice.tsx'
import { LinkNotice } from './link-notice.tsx'
import { ProgressAnnouncer } from './progress-announcer.tsx'
import { Rail } from './rail.tsx'
import styles from './shell.module.css'

/** The signed-in window: rail, notices, and one of the places. */
export function Shell({ account, keyKeeping }: { readonly account: AccountView; readonly keyKeeping: KeyKeeping }) {
  const current = useAppState(({ snapshot }) => snapshot?.current ?? null)
  const place = useViewState((view) => view.place)
  const shownPlace = place === 'migration' && current === null ? 'wizard' : place
  const phase = current === null ? null : migrationPhase(current)
  const isLive = phase !== null && isLivePhase(phase)

  return (
    <div className={styles['shell']}>
      <Rail account={account} current={current} place={shownPlace} />
      <main className={styles['main']}>
        <div className={styles['notices']}>
          <div className={styles['noticeColumn']}>
            {/* Stands there before there is anything to say: only then do screen readers hear what comes. Not atomic:
                of several only the new one is read. */}
            <div role="status" aria-atomic="false" className={styles['news']}>
              <ConnectionNotice isLive={isLive} />
              <KeepingNotice keyKeeping={keyKeeping} />
              <RememberNotice />
              <LinkNotice />
              <EndNewsNotices place={shownPlace} currentId={current?.migration.id ?? null} />
              {phase === 'secret-needed' && shownPlace !== 'migration' && <SecretNeededNotice />}
            </div>
            {isLive && shownPlace === 'wizard' && (
              <Banner tone="neutral" title={liveWhilePreparing.title}>
                {liveWhilePreparing.text}
              </Banner>
            )}
          </div>
        </div>
        {shownPlace === 'wizard' && <Wizard />}
        {shownPlace === 'history' && <HistoryScreen />}
        {shownPlace === 'settings' && <SettingsScreen account={account} keyKeeping={keyKeeping} />}
        {shownPlace === 'migration' && current !== null && (
          <MigrationScreen key={current.migration.id} current={current} />
        )}
      </main>
      <ProgressAnnouncer current={current} />
    </div>
  )
}

function ConnectionNotice({ isLive }: { readonly isLive: boolean }) {
  const connection = useAppState(({ snapshot }) => snapshot?.connectionProblem ?? null)
  const keychainName = useKeychainName()
  if (connection === null) return null
  const isUnreachable = connection.problem.code === 'api-unreachable'
  const words = isUnreachable
    ? connectionWords(isLive, connection.since)
    : problemWords(connection.problem, keychainName)
  return (
    <Banner tone="warning" title={words.title}>
      {words.text}
    </Banner>
  )
}

/** B8: the tray calls for the person; here they learn it wherever the window is. */
function SecretNeededNotice() {
  const { view } = useStores()
  return (
    <Banner
      tone="warning"
      icon="key"
      title={secretNeededNews.title}
      actions={
        <Button size="small" onPress={() => view.setState({ place: 'migration' })}>
          {endNewsCopy.show}
        </Button>
      }
    >
      {secretNeededNews.text}
    </Banner>
  )
}

/** B7: told wherever the start was clicked, as the window has gone on to the migration since. */
function RememberNotice() {
  const { view } = useStores()
  const problem = useViewState((state) => state.rememberProblem)
  const keychainName = useKeychainName()
  if (problem === null) return null
  const words = rememberProblemWords(problemWords(problem, keychainName).title)
  return (
    <Banner
      tone="warning"
      icon="key"
      title={words.title}
      dismiss={{ label: shellCopy.dismiss, onPress: () => view.setState({ rememberProblem: null }) }}
    >
      {words.text}
    </Banner>
  )
}
