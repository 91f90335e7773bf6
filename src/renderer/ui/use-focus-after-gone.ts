import { useEffect, useRef } from 'react'

/**
 * A button that has done its work and disappears leaves the focus nowhere, so that a keyboard or a screen reader begins
 * at the top again. It then goes to the target. A focus that is anywhere else stays there.
 */
export function useFocusAfterGone(isThere: boolean, target: () => HTMLElement | null): void {
  const wasThere = useRef(isThere)
  useEffect(() => {
    const isGone = wasThere.current && !isThere
    wasThere.current = isThere
    if (isGone && document.activeElement === document.body) target()?.focus({ preventScroll: true })
  })
}
