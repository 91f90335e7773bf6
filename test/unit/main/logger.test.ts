import { describe, expect, it } from 'vitest'
import { createLogger, errorFacts } from '../../../src/main/logger.ts'

describe('logger', () => {
  it('writes one JSON line for each event', () => {
    const lines: string[] = []
    const logger = createLogger({ writeLine: (line) => lines.push(line), now: () => new Date('2026-11-22T10:00:00Z') })
    logger.warn('settings-set-aside', { tries: 2 })
    expect(lines).toEqual(['{"at":"2026-11-22T10:00:00.000Z","level":"warn","event":"settings-set-aside","tries":2}'])
  })

  it('S9: of an error it keeps kind, code and place, never the text, which may quote a secret', () => {
    const error = Object.assign(new TypeError('bad header: Bearer s3cr3t'), { code: 'ERR_X' })
    const facts = errorFacts(error)
    expect(facts).toMatchObject({ error: 'TypeError', code: 'ERR_X' })
    expect(JSON.stringify(facts)).not.toContain('s3cr3t')
    expect(errorFacts('s3cr3t')).toEqual({ error: 'string' })
  })
})
