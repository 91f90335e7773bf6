import type { AccountView } from '#shared/contract/schemas.ts'
import type { CurrentMigration } from '#shared/ipc/snapshot.ts'
import { Button } from 'react-aria-components'
import { appName } from '../../copy/app.ts'
import { organisationLine, shellCopy } from '../../copy/shell.ts'
import { updatesCopy } from '../../copy/updates.ts'
import { livePercent, migrationPhase } from '../../presenters/migration-presenter.ts'
import type { ViewState } from '../../store/view-model.ts'
import { useAppState, useStores } from '../../store/stores-context.tsx'
import { IconButton } from '../../ui/button.tsx'
import { classNames } from '../../ui/class-names.ts'
import { AppMark, Icon, type IconName } from '../../ui/icons.tsx'
import { phaseIcons } from './phase-icons.ts'
import styles from './rail.module.css'

interface RailProps {
  readonly account: AccountView
  readonly current: CurrentMigration | null
  readonly place: ViewState['place']
}

export function Rail({ account, current, place }: RailProps) {
  const { view } = useStores()
  const isUpdateReady = useAppState(({ snapshot }) => snapshot?.updates.kind === 'ready')
  return (
    <header className={styles['rail']}>
      <div className={styles['brand']}>
        <AppMark size="small" />
        <span>{appName}</span>
      </div>
      <nav className={styles['nav']} aria-label={shellCopy.navigation}>
        <RailLink
          icon="plus"
          label={shellCopy.newMigration}
          isShown={place === 'wizard'}
          onPress={() => view.setState({ place: 'wizard' })}
        />
        {current !== null && (
          <RailLink
            icon={phaseIcons[migrationPhase(current)]}
            label={shellCopy.current}
            badge={percentText(livePercent(current))}
            percent={livePercent(current)}
            isShown={place === 'migration'}
            onPress={() => view.setState({ place: 'migration' })}
          />
        )}
        <RailLink
          icon="history"
          label={shellCopy.history}
          isShown={place === 'history'}
          onPress={() => view.setState({ place: 'history' })}
        />
        <RailLink
          icon="settings"
          label={shellCopy.settings}
          badge={isUpdateReady ? updatesCopy.badge : null}
          isLast
          isShown={place === 'settings'}
          onPress={() => view.setState({ place: 'settings' })}
        />
      </nav>
      <AccountChip account={account} />
    </header>
  )
}

const percentText = (percent: number | null): string | null => (percent === null ? null : shellCopy.percentDone(percent))

interface RailLinkProps {
  readonly icon: IconName
  readonly label: string
  readonly badge?: string | null
  /** The same as the badge, as a thin bar. */
  readonly percent?: number | null
  readonly isShown: boolean
  /** At the bottom, apart from the others. */
  readonly isLast?: boolean
  readonly onPress: () => void
}

function RailLink({ icon, label, badge = null, percent = null, isShown, isLast = false, onPress }: RailLinkProps) {
  return (
    <Button
      className={classNames(styles['link'], isShown && styles['shown'], isLast && styles['last'])}
      {...(isShown ? { 'aria-current': 'page' as const } : {})}
      onPress={onPress}
    >
      <Icon name={icon} />
      <span className={styles['linkLabel']}>{label}</span>
      {badge !== null && <span className={styles['badge']}>{badge}</span>}
      {percent !== null && <Meter percent={percent} />}
    </Button>
  )
}

/** For the eye alone; the badge says it to everybody. */
function Meter({ percent }: { readonly percent: number }) {
  return (
    <span className={styles['meter']} aria-hidden>
      <span style={{ width: `${percent}%` }} />
    </span>
  )
}

function AccountChip({ account }: { readonly account: AccountView }) {
  const { bridge } = useStores()
  return (
    <section className={styles['account']} aria-label={shellCopy.account}>
      <div className={styles['who']}>
        <span className={styles['email']} title={account.email}>
          {account.email}
        </span>
        <span className={styles['organisation']} title={organisationLine(account)}>
          {organisationLine(account)}
        </span>
      </div>
      <IconButton icon="signOut" label={shellCopy.signOut} onPress={() => void bridge.signOut(null)} />
    </section>
  )
}
