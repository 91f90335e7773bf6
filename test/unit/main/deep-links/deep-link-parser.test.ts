import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { parseDeepLink } from '../../../../src/main/deep-links/deep-link-parser.ts'
import { MIGRATION_ID } from '../fakes/views.ts'

describe('deep link', () => {
  it('B13: names a migration, for every id there can be', () => {
    fc.assert(fc.property(fc.uuid(), (id) => parseDeepLink(`carolina-migrate://migrations/${id}`) === id))
  })

  it.each([`carolina-migrate://migrations/${MIGRATION_ID}/`, `CAROLINA-MIGRATE://Migrations/${MIGRATION_ID.toUpperCase()}`])(
    'takes %s as browsers and mail programs write it',
    (text) => expect(parseDeepLink(text)).toBe(MIGRATION_ID),
  )

  it.each([
    '',
    'carolina-migrate:',
    'carolina-migrate://migrations/',
    `carolina-migrate:migrations/${MIGRATION_ID}`,
    `carolina-migrate://migrations/${MIGRATION_ID}?cancel=1`,
    `carolina-migrate://migrations/${MIGRATION_ID}#x`,
    `carolina-migrate://migrations/${MIGRATION_ID}/cancel`,
    `carolina-migrate://migrations/../${MIGRATION_ID}`,
    `carolina-migrate://user@migrations/${MIGRATION_ID}`,
    `carolina-migrate://migrations:80/${MIGRATION_ID}`,
    `carolina-migrate://migrations/%62${MIGRATION_ID.slice(1)}`,
    ` carolina-migrate://migrations/${MIGRATION_ID}`,
    `carolina-migrate://migrations/${MIGRATION_ID}\n`,
    `carolina-migrate://migrations/${MIGRATION_ID}\n--inspect`,
    `https://migrations/${MIGRATION_ID}`,
    `carolina-migrate://migrations/${MIGRATION_ID.slice(1)}`,
  ])('ignores %j', (text) => expect(parseDeepLink(text)).toBeNull())

  it('never answers anything but an id, whatever the text', () => {
    const near = fc.stringMatching(/^carolina-migrate:\/\/migrations\/[0-9a-fA-F%./?#-]{0,40}$/)
    fc.assert(
      fc.property(fc.oneof(fc.string(), near, fc.webUrl()), (text) => {
        const id = parseDeepLink(text)
        expect(id === null || z.uuid().safeParse(id).success).toBe(true)
      }),
    )
  })
})
