import { useEffect } from 'react'

/** A screen that is entered gets the focus on its heading: its name is read out, and Tab goes on from there. */
export function useFocusOnEnter(headingId: string): void {
  useEffect(() => {
    document.getElementById(headingId)?.focus()
  }, [headingId])
}
