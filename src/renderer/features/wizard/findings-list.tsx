import type { Finding } from '#shared/ipc/source-check.ts'
import { useEffect, useRef } from 'react'
import { checkAnnouncement, checkSummary, findingFixLabel, findingsCopy, findingWords } from '../../copy/findings.ts'
import { sourceCopy } from '../../copy/wizard.ts'
import { useWizardState } from '../../store/stores-context.tsx'
import { Announcer } from '../../ui/announcer.tsx'
import { Button } from '../../ui/button.tsx'
import { classNames } from '../../ui/class-names.ts'
import { Icon, type IconName } from '../../ui/icons.tsx'
import styles from './findings-list.module.css'
import type { FieldFix } from './wizard-state.ts'

const severityIcons: Readonly<Record<Finding['severity'], IconName>> = {
  good: 'checkCircle',
  note: 'info',
  problem: 'crossCircle',
}

interface FindingsListProps {
  readonly onFix: (fix: FieldFix) => void
  /** E3: where the policy to paste is. */
  readonly onPermissionsAsked: () => void
}

/** What the key's permissions would mend. */
const permissionFindings: readonly Finding['code'][] = ['access-denied', 'object-not-readable']

/**
 * What the check found, one line each, as it is found. It comes into view by itself when it appears and when the check
 * has ended; a blocked one also takes the focus.
 */
export function FindingsList({ onFix, onPermissionsAsked }: FindingsListProps) {
  const check = useWizardState((state) => state.check)
  const section = useRef<HTMLElement>(null)
  const findings = 'findings' in check ? check.findings : check.kind === 'running' ? check.progress?.findings : undefined
  const isShown = findings !== undefined
  const ended = 'findings' in check ? check.findings : null
  const isBlocked = check.kind === 'blocked'

  useEffect(() => {
    if (!isShown) return
    section.current?.scrollIntoView({ block: 'nearest' })
    if (isBlocked) section.current?.focus({ preventScroll: true })
  }, [isShown, ended, isBlocked])

  if (findings === undefined) return null
  const isStale = 'isStale' in check && check.isStale
  return (
    <section ref={section} tabIndex={-1} aria-labelledby="findings-title" className={styles['findings']}>
      <div className={styles['head']}>
        <h2 id="findings-title">{findingsCopy.title}</h2>
        <p>{checkSummary(check)}</p>
      </div>
      <ul className={classNames(styles['list'], isStale && styles['stale'])}>
        {findings.map((finding, index) => (
          <FindingRow
            key={`${finding.code}-${index}`}
            finding={finding}
            onFix={'findings' in check && !isStale ? onFix : null}
            onPermissionsAsked={permissionFindings.includes(finding.code) ? onPermissionsAsked : null}
          />
        ))}
      </ul>
    </section>
  )
}

/** Stands there before there is anything to say: only then do screen readers hear what comes. */
export function CheckAnnouncer() {
  return <Announcer text={useWizardState((state) => checkAnnouncement(state.check))} />
}

interface FindingRowProps {
  readonly finding: Finding
  readonly onFix: ((fix: FieldFix) => void) | null
  readonly onPermissionsAsked: (() => void) | null
}

function FindingRow({ finding, onFix, onPermissionsAsked }: FindingRowProps) {
  const words = findingWords(finding)
  const fixes = onFix === null ? [] : finding.fixes.map((fix) => ({ label: findingFixLabel(finding, fix), onPress: () => onFix(fix) }))
  const steps = [...fixes, ...(onPermissionsAsked === null ? [] : [{ label: sourceCopy.permissions, onPress: onPermissionsAsked }])]
  return (
    <li className={classNames(styles['finding'], styles[finding.severity])}>
      <span className={styles['icon']}>
        <Icon name={severityIcons[finding.severity]} />
      </span>
      <div className={styles['body']}>
        <p className={styles['title']}>{words.title}</p>
        <p className={styles['text']}>{words.text}</p>
        {steps.length > 0 && (
          <div className={styles['fixes']}>
            {steps.map(({ label, onPress }) => (
              <Button key={label} size="small" onPress={onPress}>
                {label}
              </Button>
            ))}
          </div>
        )}
      </div>
    </li>
  )
}
