import { settled } from '../../bridge/settled.ts'
import type { AppProblem } from '#shared/ipc/problems.ts'
import { useStores } from '../../store/stores-context.tsx'

/** Makes a live migration the current one and goes to it. Answers why not, or null. */
export function useShowMigration(): (migrationId: string, isCancelAsked: boolean) => Promise<AppProblem | null> {
  const { app, bridge, view } = useStores()
  return async (migrationId, isCancelAsked) => {
    const answer = await settled(bridge.showMigration({ migrationId }))
    if (!answer.ok) return answer.error
    await app.refresh()
    view.setState({ place: 'migration', isCancelAsked })
    return null
  }
}
