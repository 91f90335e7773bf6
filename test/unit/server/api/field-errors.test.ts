import { expect, test } from 'vitest'
import { z } from 'zod'
import { fieldErrorSchema } from '#shared/contract/schemas.ts'
import { fieldProblemCodes } from '#shared/domain/text-rules.ts'
import { fieldDetail } from '../../../../server/api/field-details.ts'
import { toFieldErrors } from '../../../../server/api/field-errors.ts'

test('E10: every code of a field has a sentence of its own', () => {
  const details = fieldProblemCodes.map((code) => fieldDetail({ field: 'bucket', code, limit: 3 }))
  expect(new Set(details).size).toBe(fieldProblemCodes.length)
  for (const detail of details) expect(detail).toMatch(/^[A-Z].*\.$/)
})

test('pointers follow RFC 6901', () => {
  const schema = z.object({ 'a/b': z.object({ 'c~d': z.array(z.string()) }) })
  const issues = schema.safeParse({ 'a/b': { 'c~d': ['x', 7] } }).error!.issues
  expect(toFieldErrors(issues)[0]?.pointer).toBe('/a~1b/c~0d/1')
})

test('answers stay small and never repeat the value', () => {
  const issues = z.array(z.literal('x')).safeParse(Array.from({ length: 500 }, () => 'hunter2')).error!.issues
  const errors = toFieldErrors(issues)
  expect(errors).toHaveLength(50)
  expect(JSON.stringify(errors)).not.toContain('hunter2')
  const unknownKeys = z
    .strictObject({})
    .safeParse(Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`key${String(index)}`, 1])))
  expect(
    z.array(fieldErrorSchema).parse(toFieldErrors(unknownKeys.error!.issues))[0]?.detail.length,
  ).toBeLessThanOrEqual(300)
})
