import { useEffect, useState } from 'react'
import { Button } from './button.tsx'
import styles from './code-block.module.css'

/** Text to copy as a whole, such as a policy. */
export function CodeBlock({
  text,
  label,
  copyLabel,
  copiedLabel,
}: {
  readonly text: string
  readonly label: string
  readonly copyLabel: string
  readonly copiedLabel: string
}) {
  const [isCopied, setCopied] = useState(false)
  useEffect(() => {
    if (!isCopied) return
    const timer = setTimeout(() => setCopied(false), 2000)
    return () => clearTimeout(timer)
  }, [isCopied])

  return (
    <div className={styles['block']}>
      <pre className={styles['text']} tabIndex={0} aria-label={label}>
        {text}
      </pre>
      <div className={styles['button']}>
        <Button size="small" icon={isCopied ? 'check' : 'copy'} onPress={() => setCopied(copyText(text))}>
          {isCopied ? copiedLabel : copyLabel}
        </Button>
      </div>
    </div>
  )
}

// The async clipboard asks for a permission, which the app denies to everything; a selection needs none.
function copyText(text: string): boolean {
  const carrier = document.createElement('textarea')
  const focused = document.activeElement
  carrier.value = text
  document.body.append(carrier)
  carrier.select()
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- its successor asks for a permission, see above
  const isCopied = document.execCommand('copy')
  carrier.remove()
  if (focused instanceof HTMLElement) focused.focus()
  return isCopied
}
