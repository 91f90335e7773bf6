/** An expected failure to start something: what happened and what a person can do. Shown without a stack. */
export class StartError extends Error {
  constructor(whatHappened: string, whatToDo: string) {
    super(`${whatHappened}\n${whatToDo}`)
    this.name = 'StartError'
  }
}
