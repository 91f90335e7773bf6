const inspectSymbol = Symbol.for('nodejs.util.inspect.custom')

/**
 * A text that must not leak: it prints as `[secret]`, refuses JSON and survives neither
 * structured clone nor spread (the text is in a private field). The one way out is `reveal()`,
 * which makes every use of the clear text findable by search.
 */
export class Secret {
  readonly #text: string

  private constructor(text: string) {
    this.#text = text
  }

  static of(text: string): Secret {
    return new Secret(text)
  }

  reveal(): string {
    return this.#text
  }

  toString(): string {
    return '[secret]'
  }

  toJSON(): never {
    throw new TypeError('a Secret cannot be serialised')
  }

  [inspectSymbol](): string {
    return '[secret]'
  }
}
