/** An expected failure of set-up: what happened and what a person can do. Shown without a stack trace. */
export class SetupError extends Error {
  /**
   * @param {string} whatHappened
   * @param {string} whatToDo
   */
  constructor(whatHappened, whatToDo) {
    super(`${whatHappened}\n${whatToDo}`)
    this.name = 'SetupError'
    this.whatHappened = whatHappened
    this.whatToDo = whatToDo
  }
}
