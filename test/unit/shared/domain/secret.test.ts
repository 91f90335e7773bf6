import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { Secret } from '#shared/domain/secret.ts'

const text = 'kQx7-very-secret'

describe('Secret (S9)', () => {
  it('gives its text only when asked to reveal it', () => {
    expect(Secret.of(text).reveal()).toBe(text)
  })

  it('does not leak by printing, inspecting, concatenating or spreading', () => {
    const secret = Secret.of(text)
    const printed = [
      secret.toString(),
      String(secret),
      inspect(secret, { showHidden: true, depth: 9 }),
      inspect({ nested: [secret] }, { showHidden: true, depth: 9 }),
      JSON.stringify(Object.assign({}, secret)),
      Object.values(secret).join(),
    ]
    for (const each of printed) expect(each).not.toContain(text)
  })

  it('refuses JSON, so that no log, body or file gets it by accident', () => {
    expect(() => JSON.stringify({ credentials: { secret: Secret.of(text) } })).toThrow(TypeError)
  })

  it('arrives empty when cloned to another thread', () => {
    expect(inspect(structuredClone(Object.assign({}, Secret.of(text))))).not.toContain(text)
  })
})
