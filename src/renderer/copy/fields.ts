import { type FieldName, isStrayCode } from '#shared/domain/text-rules.ts'
import { assertNever } from '#shared/domain/assert-never.ts'
import type { FieldProblemView } from '#shared/ipc/problems.ts'

export const fieldLabels: Readonly<Record<FieldName, string>> = {
  apiKey: 'API key',
  endpoint: 'Endpoint URL',
  region: 'Region',
  accessKeyId: 'Access key',
  secretAccessKey: 'Secret key',
  bucket: 'Bucket',
  prefix: 'Prefix (optional)',
  destinationBucketId: 'Destination bucket',
  destinationPrefix: 'Destination prefix (optional)',
}

export const fieldCopy = {
  show: 'Show what is typed',
  hide: 'Hide what is typed',
} as const

const names: Readonly<Record<FieldName, string>> = {
  apiKey: 'API key',
  endpoint: 'endpoint URL',
  region: 'region',
  accessKeyId: 'access key',
  secretAccessKey: 'secret key',
  bucket: 'bucket',
  prefix: 'prefix',
  destinationBucketId: 'destination bucket',
  destinationPrefix: 'destination prefix',
}

const emptyWords: Readonly<Partial<Record<FieldName, string>>> = {
  apiKey: 'Paste your API key.',
  endpoint: 'Type the address of the store, such as https://nyc3.digitaloceanspaces.com.',
  accessKeyId: 'Paste the access key of the source.',
  secretAccessKey: 'Paste the secret key that belongs to the access key.',
  bucket: 'Type the name of the source bucket.',
}

/** What is wrong with a field and what to do, in one or two short sentences. */
export function fieldProblemWords({ field, code, limit }: FieldProblemView): string {
  const name = names[field]
  switch (code) {
    case 'empty':
      return emptyWords[field] ?? `Fill in the ${name}.`
    case 'not-chosen':
      return field === 'endpoint' ? 'Choose where the files are now.' : 'Choose the bucket the files will go to.'
    case 'too-long':
      return `The ${name} is longer than ${limit ?? 'the allowed'} characters. Check that nothing else was pasted along.`
    case 'control-characters':
      return `The ${name} holds line breaks or control characters, which came along when it was pasted. Remove them, or paste it again.`
    case 'invisible-characters':
      return `The ${name} holds invisible characters, which came along when it was pasted. Remove them, or paste it again.`
    case 'whitespace-inside':
      return `The ${name} has a space in it, and keys never do. Remove it, or paste the key again.`
    case 'not-ascii':
      return `The ${name} has characters that keys never have. Paste it again.`
    case 'malformed':
      return `Carolina Cloud could not use this ${name}. Check it and try again.`
    case 'region-malformed':
      return 'A region is letters, digits and dashes, such as us-east-1.'
    case 'region-unknown':
      return 'AWS has no region of this name, and the endpoint names another one.'
    case 'region-differs-from-endpoint':
      return 'The endpoint is in another region. Both have to name the same one.'
    case 'bucket-is-url':
      return 'This is an address. The bucket field takes only the bucket’s name.'
    case 'bucket-has-path':
      return 'A bucket’s name has no slash. What follows it belongs in the prefix.'
    case 'bucket-name-malformed':
      return 'A bucket’s name is 3 to 255 letters, digits, dots and dashes. Check the spelling.'
    case 'prefix-is-url':
      return 'This is an address. The prefix is only the part after the bucket, such as photos/.'
    case 'prefix-leading-slash':
      return 'A folder name does not begin with a slash.'
    case 'prefix-double-slash':
      return 'Two slashes in a row would make a folder without a name.'
    case 'prefix-dot-segment':
      return 'Folders named “.” or “..” get lost in many tools. Choose another name.'
    case 'endpoint-without-scheme':
    case 'endpoint-not-http':
    case 'endpoint-malformed':
    case 'endpoint-with-credentials':
    case 'endpoint-with-query':
    case 'endpoint-with-path':
    case 'endpoint-with-bucket':
    case 'endpoint-not-public':
      return endpointWords[code]
    default:
      return assertNever(code)
  }
}

const endpointWords = {
  'endpoint-without-scheme': 'The address needs https:// in front.',
  'endpoint-not-http': 'The address has to begin with https:// (or http:// for a store in your own network).',
  'endpoint-malformed': 'This is not an address. It looks like https://nyc3.digitaloceanspaces.com.',
  'endpoint-with-credentials': 'The address holds a user name or password. Remove it; keys have their own fields.',
  'endpoint-with-query': 'The address has a part after “?” or “#”. Only the store’s own address belongs here.',
  'endpoint-with-path': 'The address has a path. The bucket and the prefix have their own fields.',
  'endpoint-not-public':
    'This address is inside a private network, where Carolina Cloud’s workers cannot reach it. The source needs a public address.',
  'endpoint-with-bucket': 'The bucket’s name is part of this address. It has its own field.',
} as const

/** The label of a field's own repair; null where the field has none. `code` says what the repair leaves out. */
export function repairLabel({ code, repair }: FieldProblemView): string | null {
  if (isStrayCode(code)) return code === 'whitespace-inside' ? 'Remove spaces' : 'Remove them'
  return repair === undefined ? null : fixLabel(repair)
}

/** The label of a one-click fix: `Use us-west-2`, `Use bucket photos and prefix 2024/`. */
export function fixLabel(fix: Readonly<Partial<Record<FieldName, string | undefined>>>): string {
  const entries = Object.entries(fix).filter((entry): entry is [FieldName, string] => entry[1] !== undefined)
  // A region comes with its own endpoint; the region alone says it.
  const told = fix.region === undefined ? entries : entries.filter(([field]) => field !== 'endpoint')
  const [only] = told
  if (only !== undefined && told.length === 1) return singleFixLabel(only[0], only[1])
  return `Use ${told.map(([field, value]) => `${names[field]} ${value}`).join(' and ')}`
}

function singleFixLabel(field: FieldName, value: string): string {
  if (field === 'prefix' && value === '') return 'Copy the whole bucket'
  if (field === 'destinationPrefix' && value === '') return 'Use no prefix'
  return `Use ${value}`
}
