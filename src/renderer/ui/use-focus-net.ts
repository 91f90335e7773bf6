import { useEffect } from 'react'

/**
 * What has the focus may vanish: a banner is put away, a panel closes, a screen makes way for the next. The browser then
 * leaves the focus nowhere, and a keyboard or a screen reader begins at the top again. Whoever knows a better place
 * takes it at once; else it falls to the screen's heading. A focus that is anywhere, or was given up, stays so.
 */
export function useFocusNet(): void {
  useEffect(() => {
    let held: Element | null = null
    const hold = ({ target }: FocusEvent) => (held = target instanceof Element ? target : null)
    const letGo = ({ target }: FocusEvent) =>
      // Told also of what is just being removed, and when the whole window loses the focus.
      queueMicrotask(() => {
        if (target === held && held !== null && isThere(held) && document.activeElement !== held) held = null
      })
    const observer = new MutationObserver(() => {
      if (held === null || isThere(held)) return
      held = null
      // After the effects of what has taken its place, and the browser's own tidying up at the next frame.
      requestAnimationFrame(() => setTimeout(catchFocus, 0))
    })
    document.addEventListener('focusin', hold)
    document.addEventListener('focusout', letGo)
    observer.observe(document.body, { childList: true, subtree: true, attributeFilter: ['hidden'] })
    return () => {
      document.removeEventListener('focusin', hold)
      document.removeEventListener('focusout', letGo)
      observer.disconnect()
    }
  }, [])
}

function isThere(element: Element): boolean {
  return element.isConnected && element.closest('[hidden]') === null
}

function catchFocus(): void {
  if (document.activeElement !== document.body) return
  const headings = [...document.querySelectorAll<HTMLElement>('main h1')]
  headings.find(isThere)?.focus({ preventScroll: true })
}
