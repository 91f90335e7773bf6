import { describe, expect, it } from 'vitest'
import { Secret } from '#shared/domain/secret.ts'
import { destinationRemote, sourceRemote } from '../../../../../server/worker/rclone/rclone-remotes.ts'

const credentials = { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: Secret.of('s3cr3t') }
const at = (endpoint: string, region = '', bucket = 'data') => ({ endpoint, region, bucket })

describe('sourceRemote', () => {
  it('names everything rclone needs and nothing it would take from the machine', () => {
    expect(sourceRemote(at('https://s3.eu-west-1.amazonaws.com', 'eu-west-1'), credentials, 'photos/')).toEqual({
      type: 's3',
      provider: 'AWS',
      access_key_id: 'AKIAEXAMPLE',
      secret_access_key: 's3cr3t',
      env_auth: 'false',
      endpoint: 'https://s3.eu-west-1.amazonaws.com',
      encoding: 'Slash,Dot',
      region: 'eu-west-1',
      force_path_style: 'false',
      no_check_bucket: 'true',
      list_version: '2',
      list_url_encode: 'true',
      _root: 'data/photos/',
    })
  })

  it.each([
    ['https://s3.us-west-1.wasabisys.com', 'us-west-1', 'Wasabi', 'us-west-1', 'true'],
    ['https://abc.r2.cloudflarestorage.com', '', 'Cloudflare', 'auto', 'true'],
    ['https://nyc3.digitaloceanspaces.com', 'nyc3', 'DigitalOcean', 'nyc3', 'true'],
    ['https://storage.googleapis.com', '', 'GCS', 'us-east-1', 'true'],
    ['https://s3.us-west-002.backblazeb2.com', 'us-west-002', 'Other', 'us-west-002', 'true'],
    ['http://127.0.0.1:9000', '', 'Other', 'us-east-1', 'true'],
  ])('%s', (endpoint, region, provider, signedRegion, pathStyle) => {
    expect(sourceRemote(at(endpoint, region), credentials, '')).toMatchObject({
      provider,
      region: signedRegion,
      force_path_style: pathStyle,
      _root: 'data/',
    })
  })

  it('addresses a bucket with a dot by path, where the certificate would not fit', () => {
    const remote = sourceRemote(at('https://s3.eu-west-1.amazonaws.com', 'eu-west-1', 'my.data'), credentials, '')
    expect(remote['force_path_style']).toBe('true')
  })

  it('does not ask for encoded listings where the store ignores that', () => {
    const location = { ...at('http://127.0.0.1:9000'), encodesListings: false }
    expect(sourceRemote(location, credentials, '')['list_url_encode']).toBe('false')
  })

  it('gives texts only: rclone refuses anything else', () => {
    for (const value of Object.values(destinationRemote(at('http://127.0.0.1:1'), credentials, ''))) {
      expect(typeof value).toBe('string')
    }
  })
})

describe('destinationRemote', () => {
  it('differs from a source in sparing the HEAD after each upload, and the proxy that keeps a source in check', () => {
    const location = at('http://127.0.0.1:9000')
    expect(destinationRemote(location, credentials, 'p/')).toEqual({
      ...sourceRemote(location, credentials, 'p/'),
      no_head: 'true',
      'override.http_proxy': '',
    })
  })
})
