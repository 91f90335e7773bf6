import type { DestinationView } from '#shared/contract/schemas.ts'
import type { AppProblem } from '#shared/ipc/problems.ts'
import { useEffect, useState } from 'react'
import { settled } from '../../bridge/settled.ts'
import { destinationCopy, notAllowedText, ownerText, scopeText } from '../../copy/wizard.ts'
import { useStores, useWizardState } from '../../store/stores-context.tsx'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { fieldId } from '../../ui/field-id.ts'
import { Icon } from '../../ui/icons.tsx'
import { type RadioCard, RadioCards } from '../../ui/radio-cards.tsx'
import { ProblemBanner } from '../shell/problem-banner.tsx'
import styles from './destination-step.module.css'
import { useShownProblem } from './use-shown-problem.ts'
import { chooseDestination, chooseOnlyOne } from './destination-model.ts'

type Listing =
  | { readonly kind: 'loading' }
  | { readonly kind: 'loaded'; readonly destinations: readonly DestinationView[] }
  | { readonly kind: 'failed'; readonly problem: AppProblem }

/** The buckets the account may see (S3). Those its role may not write to say so before, and can still be tried (S8). */
export function DestinationCards() {
  const { wizard } = useStores()
  const { listing, reload } = useDestinations()
  const selectedId = useWizardState((state) => state.destination?.id ?? null)
  const problem = useShownProblem('destinationBucketId')
  const again = (
    <Button size="small" onPress={reload}>
      {destinationCopy.tryAgain}
    </Button>
  )

  if (listing.kind === 'loading') {
    return (
      <div className={styles['loading']}>
        <p role="status">{destinationCopy.loading}</p>
        <div className={styles['placeholder']} />
        <div className={styles['placeholder']} />
      </div>
    )
  }
  if (listing.kind === 'failed') return <ProblemBanner problem={listing.problem} actions={again} />
  if (listing.destinations.length === 0) {
    return (
      <Banner tone="neutral" title={destinationCopy.emptyTitle} actions={again}>
        {destinationCopy.emptyText}
      </Banner>
    )
  }
  return (
    <RadioCards
      id={fieldId('destinationBucketId')}
      label={destinationCopy.buckets}
      cards={listing.destinations.map(toCard)}
      selectedId={selectedId}
      onSelect={(id) => {
        const chosen = listing.destinations.find((destination) => destination.id === id)
        if (chosen !== undefined) wizard.update((state) => chooseDestination(state, chosen))
      }}
      problem={problem}
    />
  )
}

function toCard(destination: DestinationView): RadioCard {
  const card = {
    id: destination.id,
    name: destination.name,
    badge: scopeText(destination),
    detail: `${destination.bucket} · ${ownerText(destination)}`,
  }
  if (destination.isDispatchAllowed) return card
  return {
    ...card,
    caution: (
      <>
        <Icon name="lock" size="small" />
        {notAllowedText}
      </>
    ),
  }
}

/** Loads at each visit, as buckets come and go. The only allowed one is chosen beforehand. */
function useDestinations(): { readonly listing: Listing; readonly reload: () => void } {
  const { bridge, wizard } = useStores()
  const [listing, setListing] = useState<Listing>({ kind: 'loading' })
  const [attempt, setAttempt] = useState(1)

  useEffect(() => {
    let isWanted = true
    void settled(bridge.listDestinations(null)).then((answer) => {
      if (!isWanted) return
      setListing(answer.ok ? { kind: 'loaded', destinations: answer.value } : { kind: 'failed', problem: answer.error })
      if (answer.ok) wizard.update((state) => chooseOnlyOne(state, answer.value))
    })
    return () => {
      isWanted = false
    }
  }, [bridge, wizard, attempt])

  const reload = () => {
    setListing({ kind: 'loading' })
    setAttempt(attempt + 1)
  }
  return { listing, reload }
}
