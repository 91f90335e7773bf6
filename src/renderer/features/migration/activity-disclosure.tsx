import type { LogLine } from '#shared/contract/schemas.ts'
import { useEffect, useRef, useState } from 'react'
import { settled } from '../../bridge/settled.ts'
import { migrationCopy } from '../../copy/migration.ts'
import { formatClockSeconds } from '../../presenters/time-presenter.ts'
import { useStores } from '../../store/stores-context.tsx'
import { classNames } from '../../ui/class-names.ts'
import { Disclosure } from '../../ui/disclosure.tsx'
import styles from './activity-disclosure.module.css'

const REFRESH_MS = 5_000

/** `Recent activity` (S13): the tail of the worker's log, renewed while it is open and the migration lives. */
export function ActivityDisclosure({
  migrationId,
  isLive,
}: {
  readonly migrationId: string
  readonly isLive: boolean
}) {
  const [isOpen, setOpen] = useState(false)
  const { lines, hasFailed } = useLog(migrationId, isOpen, isLive)
  return (
    <Disclosure title={migrationCopy.recentActivity} onToggle={setOpen}>
      {hasFailed && <p className={styles['quiet']}>{migrationCopy.activityFailed}</p>}
      {lines === null && !hasFailed && <p className={styles['quiet']}>{migrationCopy.activityLoading}</p>}
      {lines?.length === 0 && <p className={styles['quiet']}>{migrationCopy.activityEmpty}</p>}
      {lines !== null && lines.length > 0 && <LogLines lines={lines} />}
    </Disclosure>
  )
}

function useLog(migrationId: string, isOpen: boolean, isLive: boolean) {
  const { bridge } = useStores()
  const [lines, setLines] = useState<readonly LogLine[] | null>(null)
  const [hasFailed, setFailed] = useState(false)
  useEffect(() => {
    if (!isOpen) return
    let isWanted = true
    const load = async () => {
      const answer = await settled(bridge.readLog({ migrationId }))
      if (!isWanted) return
      setFailed(!answer.ok)
      if (answer.ok) setLines(answer.value)
    }
    void load()
    // An ended migration's log is final, but a failed reading of it is worth another try.
    const timer = isLive || hasFailed ? setInterval(() => void load(), REFRESH_MS) : undefined
    return () => {
      isWanted = false
      clearInterval(timer)
    }
  }, [bridge, migrationId, isOpen, isLive, hasFailed])
  return { lines, hasFailed }
}

function LogLines({ lines }: { readonly lines: readonly LogLine[] }) {
  const list = useRef<HTMLOListElement>(null)
  const isAtEnd = useRef(true)
  useEffect(() => {
    list.current?.scrollIntoView({ block: 'nearest' })
  }, [])
  useEffect(() => {
    if (list.current !== null && isAtEnd.current) list.current.scrollTop = list.current.scrollHeight
  }, [lines])
  return (
    <ol
      ref={list}
      className={styles['lines']}
      tabIndex={0}
      aria-label={migrationCopy.recentActivity}
      onScroll={({ currentTarget: box }) => {
        isAtEnd.current = box.scrollHeight - box.scrollTop - box.clientHeight < 24
      }}
    >
      {lines.map((line) => (
        <li key={line.sequence} className={classNames(styles['line'], styles[line.level])} data-selectable>
          <time dateTime={line.at}>{formatClockSeconds(line.at)}</time>
          <span>{line.text}</span>
        </li>
      ))}
    </ol>
  )
}
