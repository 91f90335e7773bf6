import type { Waiting } from '#shared/contract/schemas.ts'
import { waitingWords } from '../../copy/migration.ts'
import { Banner } from '../../ui/banner.tsx'
import { useNow } from '../../ui/use-now.ts'

/** B8: nothing moves, why, and when Carolina Cloud tries again by itself. */
export function WaitingNotice({ waiting }: { readonly waiting: Waiting }) {
  const now = useNow(true)
  const words = waitingWords(waiting, now >= Date.parse(waiting.nextTryAt))
  return (
    <Banner tone="warning" icon="clock" title={words.title}>
      {words.text}
    </Banner>
  )
}
