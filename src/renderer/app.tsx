import { I18nProvider } from 'react-aria-components'
import { useEffect } from 'react'
import { windowTitle } from './copy/app.ts'
import { Shell } from './features/shell/shell.tsx'
import { RestoringScreen } from './features/sign-in/restoring-screen.tsx'
import { SignInScreen } from './features/sign-in/sign-in-screen.tsx'
import type { Stores } from './store/stores.ts'
import { StoresProvider, useAppState } from './store/stores-context.tsx'
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
  const title = useAppState(({ snapshot }) => windowTitle(snapshot))
  const session = useAppState(({ snapshot }) => snapshot?.session ?? null)
  const platform = useAppState(({ facts }) => facts?.platform)
  useEffect(() => {
    document.title = title
  }, [title])
  useEffect(() => {
    if (platform !== undefined) document.documentElement.dataset['platform'] = platform
  }, [platform])

  if (session === null || session.kind === 'restoring') return <RestoringScreen />
  if (session.kind === 'signed-out') return <SignInScreen problem={session.problem} />
  return <Shell account={session.account} keyKeeping={session.keyKeeping} />
}
