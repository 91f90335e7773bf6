import { join } from 'node:path'
import type { LocalStack } from '../local-stack/local-stack.ts'
import { writePrivateFile } from '../local-stack/private-file.ts'

export const SOURCE_BUCKET = 'blue-ridge-archive'
export const PERSONAL_BUCKET = 'demo-personal'
export const ORGANISATION_BUCKET = 'piedmont-research'
export const PERSONAL_BUCKET_NAME = 'My Storage'

const EMAIL = 'demo@carolinacloud.example'
const ORGANISATION = 'Piedmont Research'

/**
 * Makes the demo's account, organisation and buckets by the operators' command line, and the file from which the app
 * offers to fill them in.
 *
 * @returns the file's path; it holds keys of this run only, mode 0600
 */
export async function createDemoAccount(stack: LocalStack, privateFolder: string): Promise<string> {
  const { directory, carolina, source } = stack
  const apiKey = await directory.addAccount(EMAIL)
  await directory.addOrganisation(ORGANISATION, EMAIL)
  const store = { endpoint: carolina.endpoint, accessKeyId: carolina.accessKeyId, secretAccessKey: carolina.secretAccessKey }
  await Promise.all([
    directory.addBucket({ ...store, scope: 'personal', owner: EMAIL, name: PERSONAL_BUCKET_NAME, bucket: PERSONAL_BUCKET }),
    directory.addBucket({ ...store, scope: 'organisation', owner: ORGANISATION, name: `${ORGANISATION} Storage`, bucket: ORGANISATION_BUCKET }),
  ])
  const { endpoint, accessKeyId, secretAccessKey } = source
  const offer = { apiKey, source: { endpoint, region: 'us-east-1', accessKeyId, bucket: SOURCE_BUCKET, prefix: '' }, secretAccessKey }
  return writePrivateFile(join(privateFolder, 'demo-offer.json'), JSON.stringify(offer))
}
