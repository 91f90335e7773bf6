import type { MigrationView } from '#shared/contract/schemas.ts'
import type { Ref } from 'react'
import { GridList, GridListItem } from 'react-aria-components'
import { historyCopy, listedAmounts, stateWords } from '../../copy/history.ts'
import { routeTitle } from '../../copy/migration.ts'
import { isLivePhase, listedPhase, type MigrationPhase } from '../../presenters/migration-presenter.ts'
import { formatDay } from '../../presenters/time-presenter.ts'
import { classNames } from '../../ui/class-names.ts'
import { Icon } from '../../ui/icons.tsx'
import { useNow } from '../../ui/use-now.ts'
import { phaseIcons } from '../shell/phase-icons.ts'
import styles from './history.module.css'

const DAY_CHECK_MS = 60_000

interface HistoryListProps {
  readonly migrations: readonly MigrationView[]
  readonly onOpen: (migration: MigrationView) => void
  readonly ref: Ref<HTMLDivElement>
}

/** The elements that the arrow keys walk through; `data-key` is the migration's id. */
export function rowsOf(list: HTMLElement | null): readonly HTMLElement[] {
  return [...(list?.querySelectorAll<HTMLElement>('[data-key]') ?? [])]
}

/** One line each; arrow keys move, Enter opens. */
export function HistoryList({ migrations, onOpen, ref }: HistoryListProps) {
  const now = useNow(true, DAY_CHECK_MS)
  return (
    <GridList
      ref={ref}
      aria-label={historyCopy.title}
      className={classNames(styles['list'])}
      onAction={(key) => {
        const chosen = migrations.find(({ id }) => id === key)
        if (chosen !== undefined) onOpen(chosen)
      }}
    >
      {migrations.map((migration) => (
        <HistoryRow key={migration.id} migration={migration} now={now} />
      ))}
    </GridList>
  )
}

function HistoryRow({ migration, now }: { readonly migration: MigrationView; readonly now: number }) {
  const phase = listedPhase(migration)
  return (
    <GridListItem
      id={migration.id}
      textValue={`${routeTitle(migration)}, ${stateWords[phase]}`}
      className={classNames(styles['row'])}
    >
      <span className={classNames(styles['icon'], styles[toneOf(phase)])}>
        <Icon name={phaseIcons[phase]} />
      </span>
      <div className={styles['body']}>
        <div className={styles['line']}>
          <span className={styles['route']}>
            <span className={styles['bucket']} title={migration.source.bucket}>
              {migration.source.bucket}
            </span>
            <Icon name="arrowRight" size="small" />
            <span className={styles['destination']} title={migration.destination.name}>
              {migration.destination.name}
            </span>
          </span>
          <time className={styles['when']} dateTime={migration.createdAt}>
            {formatDay(migration.createdAt, now)}
          </time>
        </div>
        <div className={styles['facts']}>
          <span className={classNames(styles['state'], styles[toneOf(phase)])}>{stateWords[phase]}</span>
          <span className={styles['amounts']}>{listedAmounts(migration)}</span>
        </div>
      </div>
    </GridListItem>
  )
}

type RowTone = 'live' | 'good' | 'warning' | 'bad' | 'muted'

function toneOf(phase: MigrationPhase): RowTone {
  if (isLivePhase(phase)) return 'live'
  const tones = {
    completed: 'good',
    'completed-with-exceptions': 'warning',
    failed: 'bad',
    cancelled: 'muted',
  } as const
  return tones[phase]
}
