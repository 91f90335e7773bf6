import type { CurrentMigration } from '#shared/ipc/snapshot.ts'
import { useState } from 'react'
import { progressAnnouncement } from '../../copy/migration.ts'
import { isLivePhase, livePercent, migrationPhase } from '../../presenters/migration-presenter.ts'
import { nextToTell, nothingTold } from '../../presenters/progress-announcement-model.ts'
import { Announcer } from '../../ui/announcer.tsx'
import { useNow } from '../../ui/use-now.ts'

/** Tells screen readers how the migration goes, wherever in the window one is: its phases, and now and then how far. */
export function ProgressAnnouncer({ current }: { readonly current: CurrentMigration | null }) {
  const phase = current === null ? null : migrationPhase(current)
  // Only how far it is waits for its time; where it ended is told at once.
  const now = useNow(phase !== null && isLivePhase(phase), 5_000)
  const [told, setTold] = useState(nothingTold)
  const next =
    current === null ? nothingTold : nextToTell(told, phase, livePercent(current), now)
  if (next !== told) setTold(next)
  return <Announcer text={progressAnnouncement(next)} />
}
