import type { ReportFacts } from '#shared/contract/schemas.ts'
import type { AppProblem } from '#shared/ipc/problems.ts'
import { useState } from 'react'
import { settled } from '../../bridge/settled.ts'
import { migrationCopy } from '../../copy/migration.ts'
import { reportCopy } from '../../copy/outcome.ts'
import { shellCopy } from '../../copy/shell.ts'
import { useStores } from '../../store/stores-context.tsx'
import { Button } from '../../ui/button.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { Disclosure } from '../../ui/disclosure.tsx'
import { FactsList } from '../../ui/facts-list.tsx'
import { Icon } from '../../ui/icons.tsx'
import { ProblemBanner } from '../shell/problem-banner.tsx'
import styles from './report-card.module.css'

type Saving =
  | { readonly kind: 'idle' | 'saving' }
  | { readonly kind: 'saved'; readonly fileName: string; readonly sha256: string }
  | { readonly kind: 'failed'; readonly problem: AppProblem }

/** `Save report…`: the whole account as a file. Null: it is no longer kept. */
export function ReportCard({
  migrationId,
  report,
}: {
  readonly migrationId: string
  readonly report: ReportFacts | null
}) {
  const { bridge } = useStores()
  const [saving, setSaving] = useState<Saving>({ kind: 'idle' })
  const save = async () => {
    setSaving({ kind: 'saving' })
    const answer = await settled(bridge.saveReport({ migrationId }))
    if (!answer.ok) setSaving({ kind: 'failed', problem: answer.error })
    else setSaving(answer.value.kind === 'saved' ? answer.value : { kind: 'idle' })
  }
  const isSaving = saving.kind === 'saving'
  return (
    <section className={styles['section']} aria-label={reportCopy.title}>
      <div className={styles['card']}>
        <span className={styles['icon']}>
          <Icon name="report" />
        </span>
        <div className={styles['body']}>
          <h2>{reportCopy.title}</h2>
          <p>{report === null ? reportCopy.removed : reportCopy.rows(report.rows)}</p>
        </div>
        {report !== null && (
          <Button isPending={isSaving} onPress={() => void save()}>
            {isSaving ? reportCopy.saving : reportCopy.save}
          </Button>
        )}
      </div>
      <div role="status">{saving.kind === 'saved' && <Saved {...saving} />}</div>
      <ProblemBanner problem={saving.kind === 'failed' ? saving.problem : null} />
    </section>
  )
}

function Saved({ fileName, sha256 }: { readonly fileName: string; readonly sha256: string }) {
  return (
    <div className={styles['saved']}>
      <p className={styles['done']}>
        <Icon name="checkCircle" size="small" />
        {reportCopy.saved}
      </p>
      <Disclosure title={migrationCopy.details}>
        <FactsList
          facts={[
            { name: reportCopy.fileName, value: fileName },
            {
              name: reportCopy.sha256,
              value: <code>{sha256}</code>,
              action: <CopyButton text={sha256} label={shellCopy.copy} copiedLabel={shellCopy.copied} />,
            },
          ]}
        />
      </Disclosure>
    </div>
  )
}
