import { useEffect, useState } from 'react'
import { Button } from './button.tsx'

/** Puts a text into the clipboard, and says so for two seconds. */
export function CopyButton({
  text,
  label,
  copiedLabel,
}: {
  readonly text: string
  readonly label: string
  readonly copiedLabel: string
}) {
  const [copied, setCopied] = useState<string | null>(null)
  const isCopied = copied === text
  useEffect(() => {
    if (copied === null) return
    const timer = setTimeout(() => setCopied(null), 2000)
    return () => clearTimeout(timer)
  }, [copied])
  return (
    <Button size="small" icon={isCopied ? 'check' : 'copy'} onPress={() => setCopied(copyText(text) ? text : null)}>
      {isCopied ? copiedLabel : label}
    </Button>
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
