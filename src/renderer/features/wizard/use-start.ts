import type { AppProblem } from '#shared/ipc/problems.ts'
import { type RefObject, useState } from 'react'
import { useStores } from '../../store/stores-context.tsx'
import { fillSecret } from '../../ui/secret-field.tsx'
import { destinationPrefixText } from './destination-model.ts'
import { takeCheck, takeFieldRefusal } from './source-model.ts'

/**
 * Starts the migration with the secret as it stands in its input. Refused or stopped, the form stays as it is (E10).
 */
export function useStart(secretInput: RefObject<HTMLInputElement | null>) {
  const { app, bridge, view, wizard } = useStores()
  const [isBusy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<AppProblem | 'stopped' | null>(null)

  const dispatch = async () => {
    const state = wizard.state.getState()
    if (state.destination === null || state.dispatchKey === null) return
    const answer = await bridge.startMigration({
      draft: state.source,
      secretAccessKey: secretInput.current?.value ?? '',
      destinationId: state.destination.id,
      destinationPrefix: destinationPrefixText(state),
      dispatchKey: state.dispatchKey,
      existing: state.existing,
      isSecretRemembered: state.isSecretRemembered,
    })
    switch (answer.kind) {
      case 'started':
        view.setState({ rememberProblem: answer.rememberProblem })
        // First the running migration, so that the empty wizard is not seen in between.
        await app.refresh()
        view.setState({ place: 'migration' })
        fillSecret(secretInput, '')
        wizard.startOver()
        return
      case 'source':
        if (answer.check.kind === 'stopped') setRefusal('stopped')
        wizard.update((held) => takeCheck(held, answer.check))
        return
      case 'refused':
        if ((answer.problem.fields ?? []).length === 0) setRefusal(answer.problem)
        else wizard.update((held) => takeFieldRefusal(held, answer.problem.fields ?? []))
    }
  }

  const start = async () => {
    setRefusal(null)
    setBusy(true)
    await dispatch()
      .catch(() => setRefusal({ code: 'unexpected' }))
      .finally(() => setBusy(false))
  }

  return { start, isBusy, refusal }
}
