import type { RequestAnswer } from '#shared/ipc/channels.ts'
import type { AppProblem } from '#shared/ipc/problems.ts'
import { useEffect, useState } from 'react'
import { settled } from '../../bridge/settled.ts'
import { useStores } from '../../store/stores-context.tsx'

export type RememberedSource = RequestAnswer<'listRememberedSources'>[number]

export const sourceKey = ({ endpoint, accessKeyId }: RememberedSource): string => `${endpoint} ${accessKeyId}`

/** B7: the sources in the keychain; null until main has told. A keychain can take long to let one go. */
export function useRememberedSources() {
  const { bridge } = useStores()
  const [sources, setSources] = useState<readonly RememberedSource[] | null>(null)
  const [forgetting, setForgetting] = useState<string | null>(null)
  const [problem, setProblem] = useState<AppProblem | null>(null)
  const [hasForgotten, setForgotten] = useState(false)

  useEffect(() => {
    let isShown = true
    void bridge.listRememberedSources(null).then((listed) => isShown && setSources(listed))
    return () => {
      isShown = false
    }
  }, [bridge])

  const forget = async (source: RememberedSource) => {
    setForgetting(sourceKey(source))
    setProblem(null)
    setForgotten(false)
    const answer = await settled(bridge.forgetRememberedSource(source))
    setSources(await bridge.listRememberedSources(null))
    setForgetting(null)
    setProblem(answer.ok ? null : answer.error)
    setForgotten(answer.ok)
  }
  return { sources, forgetting, problem, hasForgotten, forget: (source: RememberedSource) => void forget(source) }
}
