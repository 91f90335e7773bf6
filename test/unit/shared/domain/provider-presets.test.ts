import { describe, expect, it } from 'vitest'
import { findPreset, providerPresets } from '#shared/domain/provider-presets.ts'
import { s3DialectFor } from '#shared/domain/s3-dialect-rules.ts'
import { checkEndpoint, checkRegion } from '#shared/domain/source-field-rules.ts'

describe('provider presets (S1)', () => {
  it('offers at least eight AWS regions, two of Wasabi, and Backblaze', () => {
    const count = (provider: string) => providerPresets.filter((preset) => preset.provider === provider).length
    expect(count('aws')).toBeGreaterThanOrEqual(8)
    expect(count('wasabi')).toBeGreaterThanOrEqual(2)
    expect(count('backblaze')).toBeGreaterThanOrEqual(1)
  })

  it('fills endpoint and region with values that pass the fields’ own rules', () => {
    for (const preset of providerPresets) {
      expect(checkEndpoint(preset.endpoint)).toEqual({ ok: true, value: preset.endpoint })
      expect(checkRegion(preset.region, preset.endpoint)).toEqual({ ok: true, value: preset.region })
    }
  })

  it('gives each preset an id of its own', () => {
    expect(new Set(providerPresets.map((preset) => preset.id)).size).toBe(providerPresets.length)
    expect(findPreset('wasabi/eu-central-1')?.endpoint).toBe('https://s3.eu-central-1.wasabisys.com')
    expect(findPreset('custom')).toBeNull()
  })
})

describe('store dialects', () => {
  it.each([
    ['https://s3.us-east-1.amazonaws.com', 'photos', 'AWS', false],
    ['https://s3.us-east-1.amazonaws.com', 'my.photos', 'AWS', true],
    ['https://s3.eu-west-1.wasabisys.com', 'photos', 'Wasabi', true],
    ['https://abc.eu.r2.cloudflarestorage.com', 'photos', 'Cloudflare', true],
    ['https://nyc3.digitaloceanspaces.com', 'photos', 'DigitalOcean', true],
    ['https://storage.googleapis.com', 'photos', 'GCS', true],
    ['https://s3.us-west-004.backblazeb2.com', 'photos', 'Other', true],
    ['http://127.0.0.1:9000', 'photos', 'Other', true],
    ['https://amazonaws.com.evil.example', 'photos', 'Other', true],
  ] as const)('%s with %s', (endpoint, bucket, rcloneProvider, isPathStyle) => {
    expect(s3DialectFor(endpoint, bucket)).toEqual({ rcloneProvider, isPathStyle })
  })
})
