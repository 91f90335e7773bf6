import { describe, expect, it } from 'vitest'
import { endpoints } from '#shared/contract/endpoints.ts'
import { problems } from '#shared/contract/problems.ts'
import { createMigrationSchema, migrationSourceSchema } from '#shared/contract/create-migration.ts'
import { sealedSecretSchema } from '#shared/contract/schemas.ts'

const id = '7f9c24e8-3b12-4fef-91e0-ffa8b9b5a8d0'
const source = {
  endpoint: 'https://s3.eu-west-1.amazonaws.com',
  region: '',
  accessKeyId: 'AKIAEXAMPLE',
  bucket: 'photos',
  target: { kind: 'object', key: 'docs/report.pdf' },
}

describe('dispatch request', () => {
  it('normalises region and destination folder', () => {
    const parsed = createMigrationSchema.parse({ source, destination: { id, prefix: 'docs/report.pdf' } })
    expect(parsed.source.region).toBe('eu-west-1')
    expect(parsed.destination.prefix).toBe('docs/')
  })

  it('carries the domain’s finding for each bad field, by path', () => {
    const result = createMigrationSchema.safeParse({
      source: { ...source, bucket: 's3://photos/x', accessKeyId: '' },
      destination: { id, prefix: '//' },
    })
    const found = (result.error?.issues ?? []).map((issue) => [issue.path.join('/'), issue.message])
    expect(found).toContainEqual(['source/bucket', 'bucket-is-url'])
    expect(found).toContainEqual(['source/accessKeyId', 'empty'])
    expect(found).toContainEqual(['destination/prefix', 'prefix-leading-slash'])
  })

  it('S9: refuses to carry a secret at all', () => {
    const result = migrationSourceSchema.safeParse({ ...source, secretAccessKey: 'x' })
    expect(result.success).toBe(false)
  })

  it('holds a folder to its slash and an object to none', () => {
    const withTarget = (target: unknown) => migrationSourceSchema.safeParse({ ...source, target }).success
    expect(withTarget({ kind: 'folder', prefix: 'photos' })).toBe(false)
    expect(withTarget({ kind: 'object', key: 'photos/' })).toBe(false)
    expect(withTarget({ kind: 'folder', prefix: 'photos/' })).toBe(true)
  })
})

describe('sealed secret (B1)', () => {
  it('limits what is relayed well below the notification limit of PostgreSQL', () => {
    const largest = { keyId: id, encapsulatedKey: 'A'.repeat(128), ciphertext: 'A'.repeat(2048) }
    expect(sealedSecretSchema.safeParse(largest).success).toBe(true)
    expect(JSON.stringify({ migrationId: id, sealed: largest }).length).toBeLessThan(7_999)
    expect(sealedSecretSchema.safeParse({ ...largest, ciphertext: 'A'.repeat(2049) }).success).toBe(false)
  })
})

describe('endpoint table', () => {
  it('names only parameters its path has, and problems of the closed list', () => {
    for (const endpoint of Object.values(endpoints)) {
      const inPath = [...endpoint.path.matchAll(/:(\w+)/g)].map(([, name]) => name)
      expect('params' in endpoint ? Object.keys(endpoint.params.shape) : []).toEqual(inPath)
      for (const code of endpoint.problems) expect(problems).toHaveProperty(code)
    }
  })

  it('gives each method and path once', () => {
    const routes = Object.values(endpoints).map(({ method, path }) => `${method} ${path}`)
    expect(new Set(routes).size).toBe(routes.length)
  })
})
