import { linkProblemTitle } from '../../copy/link.ts'
import { problemWords } from '../../copy/problems.ts'
import { shellCopy } from '../../copy/shell.ts'
import { useAppState, useKeychainName, useStores } from '../../store/stores-context.tsx'
import { Banner } from '../../ui/banner.tsx'

/** A link that was clicked elsewhere could not be followed. */
export function LinkNotice() {
  const { bridge } = useStores()
  const problem = useAppState(({ snapshot }) => snapshot?.linkProblem ?? null)
  const keychainName = useKeychainName()
  if (problem === null) return null
  const words = problemWords(problem, keychainName)
  return (
    <Banner
      tone="warning"
      title={linkProblemTitle}
      dismiss={{ label: shellCopy.dismiss, onPress: () => void bridge.dismissLinkProblem(null) }}
    >
      {words.title} {words.text}
    </Banner>
  )
}
