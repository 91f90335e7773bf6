import type { FieldProblem, FieldProblemCode } from '#shared/domain/text-rules.ts'

const details: Readonly<Record<Exclude<FieldProblemCode, 'too-long'>, string>> = {
  empty: 'A value is required.',
  'control-characters': 'It contains control characters; remove them.',
  'invisible-characters': 'It contains invisible characters, often brought along by a paste; remove them.',
  'whitespace-inside': 'It contains a space or line break; remove it.',
  'not-ascii': 'Only ASCII letters, digits and signs are allowed.',
  'endpoint-without-scheme': 'Begin it with https:// (or http://).',
  'endpoint-not-http': 'Only https:// and http:// endpoints are supported.',
  'endpoint-malformed': 'This is no valid address.',
  'endpoint-with-credentials': 'Leave user name and password out of the endpoint.',
  'endpoint-with-query': 'Leave everything from ? or # out of the endpoint.',
  'endpoint-with-path': 'Give only scheme, host and port; bucket and folder have fields of their own.',
  'endpoint-with-bucket': 'The bucket is part of this host name; remove it, it has a field of its own.',
  'endpoint-not-public': 'The endpoint has no address of the public internet.',
  'region-malformed': 'A region has only small letters, digits and hyphens, such as us-east-1.',
  'region-unknown': 'There is no such region; the endpoint names another one.',
  'region-differs-from-endpoint': 'The endpoint belongs to another region.',
  'bucket-is-url': 'Give the bucket’s name without s3:// or https://.',
  'bucket-has-path': 'Give the bucket’s name without a folder; that has a field of its own.',
  'bucket-name-malformed': 'This is no valid bucket name.',
  'prefix-is-url': 'Give only the path within the bucket.',
  'prefix-leading-slash': 'Leave out the leading slash.',
  'prefix-double-slash': 'Leave out the doubled slash.',
  'prefix-dot-segment': 'A folder may not be named with only dots, such as “..”.',
  'not-chosen': 'Choose one.',
}

/** What is wrong and what to do, for whoever calls the API without the app (which has its own words). */
export function fieldDetail(problem: FieldProblem): string {
  if (problem.code !== 'too-long') return details[problem.code]
  return `Too long: at most ${String(problem.limit ?? 0)} are allowed.`
}
