import type { ObjectException, Verification } from '#shared/contract/schemas.ts'
import { memo, useEffect, useRef, useState } from 'react'
import { Cell, Column, Row, Table, TableBody, TableHeader } from 'react-aria-components'
import { exactBytes, formatBytes } from '#shared/domain/amounts.ts'
import { exceptionKindsText, exceptionsCopy, exceptionWords } from '../../copy/exceptions.ts'
import { listProblemWords } from '../../copy/problems.ts'
import { shellCopy } from '../../copy/shell.ts'
import { splitKey, visibleKey } from '../../presenters/key-presenter.ts'
import { Button } from '../../ui/button.tsx'
import { classNames } from '../../ui/class-names.ts'
import { CopyButton } from '../../ui/copy-button.tsx'
import { ElidedKey } from '../../ui/elided-key.tsx'
import { useFocusAfterGone } from '../../ui/use-focus-after-gone.ts'
import { ProblemBanner } from '../shell/problem-banner.tsx'
import styles from './exceptions-section.module.css'
import { useExceptions } from './use-exceptions.ts'

interface ExceptionsSectionProps {
  readonly migrationId: string
  readonly verification: Verification
  readonly hasReport: boolean
}

/** B3: the first files that are not across, each with its reason and what to do. */
export function ExceptionsSection({ migrationId, verification, hasReport }: ExceptionsSectionProps) {
  const { listing, reload } = useExceptions(migrationId)
  const heading = useRef<HTMLHeadingElement>(null)
  useFocusAfterGone(listing.kind === 'failed', () => heading.current)
  return (
    <section className={styles['section']} aria-labelledby="exceptions-title">
      <div className={styles['head']}>
        <h2 ref={heading} id="exceptions-title" tabIndex={-1}>
          {exceptionsCopy.title}
        </h2>
        <p>{exceptionKindsText(verification.exceptions)}</p>
      </div>
      {listing.kind === 'loading' && <p className={styles['quiet']}>{exceptionsCopy.loading}</p>}
      {listing.kind === 'failed' && (
        <ProblemBanner
          problem={listing.problem}
          wordsOf={listProblemWords}
          actions={
            <Button size="small" onPress={reload}>
              {exceptionsCopy.tryAgain}
            </Button>
          }
        />
      )}
      {listing.kind === 'loaded' && listing.exceptions.length === 0 && (
        <p className={styles['quiet']}>{exceptionsCopy.empty(hasReport)}</p>
      )}
      {listing.kind === 'loaded' && listing.exceptions.length > 0 && (
        <ExceptionsTable exceptions={listing.exceptions} total={listing.total} hasReport={hasReport} />
      )}
    </section>
  )
}

/** One row is always chosen, and told in full below: the arrow keys walk through all of them. */
function ExceptionsTable({
  exceptions,
  total,
  hasReport,
}: {
  readonly exceptions: readonly ObjectException[]
  readonly total: number
  readonly hasReport: boolean
}) {
  /** Null: nobody has chosen yet, so it is the first. */
  const [chosenIndex, setChosenIndex] = useState<number | null>(null)
  const chosen = exceptions[chosenIndex ?? 0]
  const more = total - exceptions.length
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    // What is told of the chosen one may be below the edge.
    if (chosenIndex !== null) box.current?.scrollIntoView({ block: 'nearest' })
  }, [chosenIndex])
  return (
    <div ref={box} className={styles['box']}>
      <div className={styles['scroll']}>
        <ExceptionRows exceptions={exceptions} onChoose={setChosenIndex} />
      </div>
      {more > 0 && <p className={styles['more']}>{exceptionsCopy.more(more, hasReport)}</p>}
      {chosen !== undefined && <ExceptionDetail exception={chosen} />}
    </div>
  )
}

/** Keeps its own choice: a hundred rows are not drawn anew for each press of an arrow key. */
const ExceptionRows = memo(function ExceptionRows({
  exceptions,
  onChoose,
}: {
  readonly exceptions: readonly ObjectException[]
  readonly onChoose: (index: number) => void
}) {
  return (
    <Table
      aria-labelledby="exceptions-title"
      className={classNames(styles['table'])}
      selectionMode="single"
      selectionBehavior="replace"
      disallowEmptySelection
      defaultSelectedKeys={[0]}
      onSelectionChange={(keys) => {
        const [key] = keys === 'all' ? [] : keys
        if (key !== undefined) onChoose(Number(key))
      }}
    >
      <TableHeader>
        <Column isRowHeader className={classNames(styles['file'])}>
          {exceptionsCopy.file}
        </Column>
        <Column className={classNames(styles['why'])}>{exceptionsCopy.why}</Column>
        <Column className={classNames(styles['size'])}>{exceptionsCopy.size}</Column>
      </TableHeader>
      <TableBody>
        {exceptions.map((exception, index) => (
          <ExceptionRow key={index} id={index} exception={exception} />
        ))}
      </TableBody>
    </Table>
  )
})

function ExceptionRow({ id, exception }: { readonly id: number; readonly exception: ObjectException }) {
  const text = visibleKey(exception.key)
  return (
    <Row id={id} className={classNames(styles['row'])} textValue={text}>
      <Cell>
        <ElidedKey text={text} {...splitKey(text)} />
      </Cell>
      <Cell>{exceptionWords(exception).short}</Cell>
      <Cell className={classNames(styles['size'])}>
        <span title={exactBytes(exception.bytes)}>{formatBytes(exception.bytes)}</span>
      </Cell>
    </Row>
  )
}

function ExceptionDetail({ exception }: { readonly exception: ObjectException }) {
  const words = exceptionWords(exception)
  return (
    <section className={styles['detail']} aria-label={exceptionsCopy.selected}>
      <div className={styles['name']}>
        <code tabIndex={0} dir="ltr">
          {visibleKey(exception.key)}
        </code>
        <CopyButton text={exception.key} label={exceptionsCopy.copyName} copiedLabel={shellCopy.copied} />
      </div>
      <p>
        {words.meaning} {words.action}
      </p>
      {exception.detail !== '' && (
        <p className={styles['quiet']}>
          {exceptionsCopy.workersWords}: <code>{exception.detail}</code>
        </p>
      )}
    </section>
  )
}
