/**
 * The least a source key needs, as an IAM policy for exactly this bucket and prefix: list it and read its
 * objects. Before a bucket is typed a placeholder stands in its place.
 */
export function leastPrivilegePolicy(bucket: string, prefix: string): string {
  const arn = `arn:aws:s3:::${bucket === '' ? 'YOUR-BUCKET' : bucket}`
  const listing = { Sid: 'ListSource', Effect: 'Allow', Action: 's3:ListBucket', Resource: arn }
  const reading = { Sid: 'ReadSource', Effect: 'Allow', Action: 's3:GetObject' }
  const statements =
    prefix === ''
      ? [listing, { ...reading, Resource: `${arn}/*` }]
      : [
          { ...listing, Condition: { StringLike: { 's3:prefix': patternsOf(prefix) } } },
          { ...reading, Resource: patternsOf(prefix).map((pattern) => `${arn}/${pattern}`) },
        ]
  return JSON.stringify({ Version: '2012-10-17', Statement: statements }, null, 2)
}

// Without a trailing slash the text may be an object or a folder; the check asks for both.
function patternsOf(prefix: string): string[] {
  const literal = prefix.replace(/[*?$]/g, (character) => `\${${character}}`)
  return literal.endsWith('/') ? [`${literal}*`] : [literal, `${literal}/*`]
}
