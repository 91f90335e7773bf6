import { useState } from 'react'
import { settled } from '../../bridge/settled.ts'
import { useStores } from '../../store/stores-context.tsx'

/** "Try again" to have the key kept. What came of it is in the session; that nothing did is told here. */
export function useRetryKeychain() {
  const { bridge } = useStores()
  const [isTrying, setTrying] = useState(false)
  const [hasFailed, setFailed] = useState(false)
  const retry = async () => {
    setTrying(true)
    setFailed(false)
    const answer = await settled(bridge.retryKeychain(null))
    setTrying(false)
    setFailed(!answer.ok)
  }
  return { isTrying, hasFailed, retry: () => void retry() }
}
