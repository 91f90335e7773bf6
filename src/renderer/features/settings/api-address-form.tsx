import type { AppProblem } from '#shared/ipc/problems.ts'
import { useState } from 'react'
import { settled } from '../../bridge/settled.ts'
import { apiAddressCopy } from '../../copy/settings.ts'
import { useAppState, useStores } from '../../store/stores-context.tsx'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { ProblemBanner } from '../shell/problem-banner.tsx'
import styles from './settings.module.css'

/** Also at sign-in: a key of another API can only be checked there. */
export function ApiAddressForm({ isSignedIn }: { readonly isSignedIn: boolean }) {
  const { address, setAddress, problem, busy, change } = useApiAddress()
  const isChosen = useAppState(({ facts }) => facts?.apiOriginSource === 'settings')
  return (
    <form
      className={styles['panel']}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        change('change', address)
      }}
    >
      <TextField
        id="api-address"
        label={apiAddressCopy.label}
        placeholder={apiAddressCopy.placeholder}
        value={address}
        onChange={setAddress}
        hint={isSignedIn ? apiAddressCopy.warning : apiAddressCopy.warningSignedOut}
        isMono
      />
      <ProblemBanner problem={problem} />
      <div className={styles['buttons']}>
        <Button size="small" type="submit" isPending={busy === 'change'} isDisabled={busy === 'reset'}>
          {busy === 'change' ? apiAddressCopy.checking : apiAddressCopy.change}
        </Button>
        {isChosen && (
          <Button
            size="small"
            isPending={busy === 'reset'}
            isDisabled={busy === 'change'}
            onPress={() => change('reset', null)}
          >
            {busy === 'reset' ? apiAddressCopy.restarting : apiAddressCopy.reset}
          </Button>
        )}
      </div>
    </form>
  )
}

function useApiAddress() {
  const { bridge } = useStores()
  const present = useAppState(({ facts }) => facts?.apiOrigin ?? '')
  const [typed, setTyped] = useState<string | null>(null)
  const [problem, setProblem] = useState<AppProblem | null>(null)
  const [busy, setBusy] = useState<'change' | 'reset' | null>(null)
  const change = async (kind: 'change' | 'reset', apiOrigin: string | null) => {
    setBusy(kind)
    setProblem(null)
    const answer = await settled(bridge.changeApiOrigin({ apiOrigin }))
    setBusy(null)
    if (!answer.ok) setProblem(answer.error)
  }
  return {
    address: typed ?? present,
    setAddress: (text: string) => setTyped(text),
    problem,
    busy,
    change: (kind: 'change' | 'reset', apiOrigin: string | null) => void change(kind, apiOrigin),
  }
}
