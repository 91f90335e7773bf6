import { err, ok, type Result } from '#shared/domain/result.ts'
import type { AppProblem } from '#shared/ipc/problems.ts'
import type { WizardUse } from '#shared/ipc/updates.ts'
import { firstCheckMs, isHeld, nextCheckMs, type whyOff } from './update-rules.ts'
import { createUpdateRun, type UpdateRunPorts } from './update-run.ts'

export interface UpdatePorts extends UpdateRunPorts {
  /** Null: on. */
  readonly off: ReturnType<typeof whyOff>
  readonly isHandoverPending: () => boolean
  readonly random?: () => number
}

/** Looks for updates, quietly and never while the app is needed. Ends the app only when asked to. */
export interface UpdateService {
  readonly check: () => Result<null, AppProblem>
  readonly restart: () => Result<null, AppProblem>
  readonly setWizardUse: (use: WizardUse) => void
  /** The same task, which no check comes in between of. */
  readonly heldDuring: <A extends unknown[], R>(task: (...args: A) => Promise<R>) => (...args: A) => Promise<R>
  /** Something may have ended that held a check back. */
  readonly reconsider: () => void
  readonly close: () => void
}

const held: AppProblem = { code: 'update-held' }
const draftHeld: AppProblem = { code: 'draft-held' }

export function createUpdateService(ports: UpdatePorts): UpdateService {
  const { off, isHandoverPending, onChanged, random = Math.random } = ports
  const run = createUpdateRun(ports)
  let timer: NodeJS.Timeout | null = null
  /** A check that waits for the app to be free. */
  let due: { readonly isTold: boolean } | null = null
  let wizardUse: WizardUse = 'empty'
  let dispatching = 0

  const isNeeded = (): boolean =>
    isHeld({ isWizardInUse: wizardUse === 'filled-in', isDispatching: dispatching > 0, isHandoverPending: isHandoverPending() })
  const isResting = (): boolean => ['idle', 'failed'].includes(run.state().kind)
  const reconsider = (): void => {
    if (due === null || isNeeded()) return
    const { isTold } = due
    due = null
    void run.check(isTold).then(() => schedule(nextCheckMs(random())))
  }
  const ask = (isTold: boolean): void => {
    if (isResting() || run.state().kind === 'ready') due = { isTold }
    reconsider()
  }
  const schedule = (delayMs: number): void => {
    if (timer !== null) clearTimeout(timer)
    timer = setTimeout(() => ask(due?.isTold ?? false), delayMs)
    timer.unref()
  }

  onChanged(off === null ? run.state() : { kind: 'off', reason: off })
  if (off === null) schedule(firstCheckMs(random()))
  return {
    check: () => {
      if (off !== null || !isResting()) return ok(null)
      const isHeldBack = isNeeded()
      ask(true)
      return isHeldBack ? err(held) : ok(null)
    },
    restart: () => {
      // A draft is lost with the window, whatever place is shown.
      if (wizardUse !== 'empty') return err(draftHeld)
      if (isNeeded()) return err(held)
      // Once whoever asked has got the answer.
      setImmediate(run.restart)
      return ok(null)
    },
    setWizardUse: (use) => {
      wizardUse = use
      reconsider()
    },
    heldDuring:
      (task) =>
      async (...args) => {
        dispatching++
        try {
          return await task(...args)
        } finally {
          dispatching--
          reconsider()
        }
      },
    reconsider,
    close: () => {
      due = null
      if (timer !== null) clearTimeout(timer)
    },
  }
}
