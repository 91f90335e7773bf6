import { I18nProvider } from 'react-aria-components'
import { useEffect, useState } from 'react'
import { windowTitle } from './copy/app.ts'
import { Shell } from './features/shell/shell.tsx'
import { RestoringScreen } from './features/sign-in/restoring-screen.tsx'
import { SignInScreen } from './features/sign-in/sign-in-screen.tsx'
import type { Stores } from './store/stores.ts'
import { StoresProvider, useAppState, useStores, useViewState } from './store/stores-context.tsx'
import { useFocusNet } from './ui/use-focus-net.ts'
import './styles/tokens.css'
import './styles/base.css'

/** The whole window over its stores. The words are English, and so are the numbers. */
export function App({ stores }: { readonly stores: Stores }) {
  return (
    <I18nProvider locale="en-US">
      <StoresProvider value={stores}>
        <Window />
      </StoresProvider>
    </I18nProvider>
  )
}

function Window() {
  const place = useViewState((view) => view.place)
  const title = useAppState(({ snapshot }) => windowTitle(snapshot, place))
  const session = useAppState(({ snapshot }) => snapshot?.session ?? null)
  const { bridge } = useStores()
  const [isSignInWanted, setSignInWanted] = useState(false)
  const platform = useAppState(({ facts }) => facts?.platform)
  useFocusNet()
  useEffect(() => {
    document.title = title
  }, [title])
  useEffect(() => {
    if (platform !== undefined) document.documentElement.dataset['platform'] = platform
  }, [platform])

  if (session?.kind === 'signed-in') return <Shell account={session.account} keyKeeping={session.keyKeeping} />
  if (session === null || (session.kind === 'restoring' && !isSignInWanted)) {
    return <RestoringScreen isKeychainAsked={session?.isKeychainAsked === true} onSignIn={() => setSignInWanted(true)} />
  }
  const retry = () => {
    setSignInWanted(false)
    void bridge.retryKeychain(null)
  }
  // One and the same screen, whether the keychain has been given up or not: what is typed stays.
  return <SignInScreen problem={session.kind === 'signed-out' ? session.problem : null} onRetryKeychain={retry} />
}
