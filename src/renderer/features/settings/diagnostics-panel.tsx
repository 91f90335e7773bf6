import type { AppProblem } from '#shared/ipc/problems.ts'
import { useEffect, useState } from 'react'
import { settled } from '../../bridge/settled.ts'
import { settingsCopy } from '../../copy/settings.ts'
import { shellCopy } from '../../copy/shell.ts'
import { useStores } from '../../store/stores-context.tsx'
import { Button } from '../../ui/button.tsx'
import { CodeBlock } from '../../ui/code-block.tsx'
import { Icon } from '../../ui/icons.tsx'
import { ProblemBanner } from '../shell/problem-banner.tsx'
import styles from './settings.module.css'

/** What goes to support, letter for letter, before it is saved. Made anew each time it is opened. */
export function DiagnosticsPanel() {
  const { text, problem, isSaving, savedAs, save } = useDiagnostics()
  return (
    <>
      <p className={styles['lead']}>{settingsCopy.diagnosticsLead}</p>
      {text === null && problem === null && <p className={styles['lead']}>{settingsCopy.preparing}</p>}
      {text !== null && (
        <CodeBlock
          text={text}
          label={settingsCopy.diagnosticsLabel}
          copyLabel={shellCopy.copy}
          copiedLabel={shellCopy.copied}
        />
      )}
      {text !== null && (
        <div className={styles['buttons']}>
          <Button size="small" isPending={isSaving} onPress={save}>
            {settingsCopy.saveDiagnostics}
          </Button>
        </div>
      )}
      <div role="status">
        {savedAs !== null && (
          <p className={styles['done']}>
            <Icon name="checkCircle" size="small" />
            {settingsCopy.savedDiagnostics(savedAs)}
          </p>
        )}
      </div>
      <ProblemBanner problem={problem} />
    </>
  )
}

function useDiagnostics() {
  const { bridge } = useStores()
  const [text, setText] = useState<string | null>(null)
  const [problem, setProblem] = useState<AppProblem | null>(null)
  const [isSaving, setSaving] = useState(false)
  const [savedAs, setSavedAs] = useState<string | null>(null)

  useEffect(() => {
    let isShown = true
    void settled(bridge.readDiagnostics(null)).then((answer) => {
      if (!isShown) return
      if (answer.ok) setText(answer.value)
      else setProblem(answer.error)
    })
    return () => {
      isShown = false
    }
  }, [bridge])

  const save = async () => {
    setSaving(true)
    setProblem(null)
    const answer = await settled(bridge.saveDiagnostics(null))
    setSaving(false)
    if (!answer.ok) setProblem(answer.error)
    else if (answer.value.kind === 'saved') setSavedAs(answer.value.fileName)
  }
  return { text, problem, isSaving, savedAs, save: () => void save() }
}
