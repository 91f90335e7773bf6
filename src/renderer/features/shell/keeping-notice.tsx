import type { Session } from '#shared/ipc/snapshot.ts'
import { keptUntilQuitWords, keychainCopy } from '../../copy/keychain.ts'
import { shellCopy } from '../../copy/shell.ts'
import { useKeychainName, useStores, useViewState } from '../../store/stores-context.tsx'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { useRetryKeychain } from './use-retry-keychain.ts'

export type KeyKeeping = Extract<Session, { kind: 'signed-in' }>['keyKeeping']

/** The key is in memory only: why, and a way to try again. Settings says it too, for whoever has put it away. */
export function KeepingNotice({ keyKeeping }: { readonly keyKeeping: KeyKeeping }) {
  const { view } = useStores()
  const isHidden = useViewState((state) => state.isKeepingNoticeHidden)
  const keychainName = useKeychainName()
  const { isTrying, hasFailed, retry } = useRetryKeychain()
  if (keyKeeping.kind === 'keychain' || isHidden) return null
  const words = keptUntilQuitWords(keyKeeping.reason, keychainName)
  return (
    <Banner
      tone="neutral"
      icon="key"
      title={words.title}
      actions={
        <Button size="small" isPending={isTrying} onPress={retry}>
          {isTrying ? keychainCopy.trying : keychainCopy.tryAgain}
        </Button>
      }
      dismiss={{ label: shellCopy.dismiss, onPress: () => view.setState({ isKeepingNoticeHidden: true }) }}
    >
      <p>{words.text}</p>
      {hasFailed && <p>{keychainCopy.stillNot}</p>}
    </Banner>
  )
}
