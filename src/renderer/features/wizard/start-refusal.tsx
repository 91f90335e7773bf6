import type { AppProblem } from '#shared/ipc/problems.ts'
import { type Ref, useState } from 'react'
import { settled } from '../../bridge/settled.ts'
import { reviewCopy } from '../../copy/wizard.ts'
import { useStores } from '../../store/stores-context.tsx'
import { Button } from '../../ui/button.tsx'
import { ProblemBanner } from '../shell/problem-banner.tsx'

/** Why the start was refused. A live migration can be watched or cancelled from here (S7, E8). */
export function StartRefusal({ problem, ref }: { readonly problem: AppProblem; readonly ref: Ref<HTMLDivElement> }) {
  const { app, bridge, view } = useStores()
  const [failure, setFailure] = useState<AppProblem | null>(null)
  const migrationId = problem.code === 'migration-live' ? problem.migrationId : undefined

  const show = async (liveId: string, isCancelAsked: boolean) => {
    const answer = await settled(bridge.showMigration({ migrationId: liveId }))
    if (!answer.ok) {
      setFailure(answer.error)
      return
    }
    await app.refresh()
    view.setState({ place: 'migration', isCancelAsked })
  }

  if (failure !== null) return <ProblemBanner ref={ref} problem={failure} />
  if (migrationId === undefined) return <ProblemBanner ref={ref} problem={problem} />
  return (
    <ProblemBanner
      ref={ref}
      problem={problem}
      actions={
        <>
          <Button size="small" onPress={() => void show(migrationId, false)}>
            {reviewCopy.watchLive}
          </Button>
          <Button size="small" onPress={() => void show(migrationId, true)}>
            {reviewCopy.cancelLive}
          </Button>
        </>
      }
    />
  )
}
