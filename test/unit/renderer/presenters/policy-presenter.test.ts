import { describe, expect, it } from 'vitest'
import { leastPrivilegePolicy } from '../../../../src/renderer/presenters/policy-presenter.ts'

interface Policy {
  readonly Statement: readonly { readonly Resource: unknown; readonly Condition?: unknown }[]
}
const statements = (bucket: string, prefix: string) =>
  (JSON.parse(leastPrivilegePolicy(bucket, prefix)) as Policy).Statement

describe('least-privilege policy (B2)', () => {
  it('allows listing and reading one whole bucket, and nothing else', () => {
    expect(JSON.parse(leastPrivilegePolicy('photos', ''))).toEqual({
      Version: '2012-10-17',
      Statement: [
        { Sid: 'ListSource', Effect: 'Allow', Action: 's3:ListBucket', Resource: 'arn:aws:s3:::photos' },
        { Sid: 'ReadSource', Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::photos/*' },
      ],
    })
  })

  it('narrows both to a folder', () => {
    const [listing, reading] = statements('photos', '2024/')
    expect(listing?.Condition).toEqual({ StringLike: { 's3:prefix': ['2024/*'] } })
    expect(reading?.Resource).toEqual(['arn:aws:s3:::photos/2024/*'])
  })

  it('allows the object and the folder while it is open which of them is meant', () => {
    const [, reading] = statements('photos', 'report')
    expect(reading?.Resource).toEqual(['arn:aws:s3:::photos/report', 'arn:aws:s3:::photos/report/*'])
  })

  it('takes signs literally that mean something in a policy', () => {
    expect(leastPrivilegePolicy('photos', 'a*b$?/')).toContain('arn:aws:s3:::photos/a${*}b${$}${?}/*')
  })
})
