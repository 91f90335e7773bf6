import type { Child } from './child-process.ts'

/** One program of the stack that can go down and come back where it was. */
export interface Service {
  readonly name: string
  /** Of the running process, for measurements; throws while it is down. */
  pid(): number
  isRunning(): boolean
  start(): Promise<void>
  /** Asks it to end and waits. */
  stop(): Promise<void>
  /** SIGKILL: as a crash or a power cut. */
  kill(): Promise<void>
}

/**
 * @param launch starts the program; is given the child of the time before, whose port it should take again.
 * @returns the service, already up
 */
export async function startService<Ready>(
  name: string,
  launch: (before: Ready | null) => Promise<Child<Ready>>,
): Promise<Service & { ready(): Ready }> {
  let child = await launch(null)
  return {
    name,
    pid: () => {
      if (!child.isRunning()) throw new Error(`the ${name} is down`)
      return child.pid
    },
    ready: () => child.ready,
    isRunning: () => child.isRunning(),
    start: async () => {
      if (!child.isRunning()) child = await launch(child.ready)
    },
    stop: () => child.stop(),
    kill: () => child.kill(),
  }
}
