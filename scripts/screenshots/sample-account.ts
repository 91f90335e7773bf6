import type { LocalStack } from '../local-stack/local-stack.ts'

export const SOURCE_BUCKET = 'blue-ridge-archive'
export const carolinaBuckets = ['cc-maya-okafor', 'cc-piedmont-research', 'cc-coastal-imaging'] as const

/** Of the sample, in the picture of a migration with exceptions. */
export const archivedFiles = [
  'photos/2019/Blue Ridge/IMG 0007.jpg',
  'photos/2021/Café-Tour/IMG 0009.jpg',
  'photos/2022/Zürich/IMG 0010.jpg',
] as const
export const UNREADABLE_FILE = 'docs/report.pdf'

const EMAIL = 'maya.okafor@piedmont-research.org'
const ORGANISATION = 'Piedmont Research'

/** @returns the account's API key */
export async function createSampleAccount({ directory, carolina }: LocalStack): Promise<string> {
  const { endpoint, accessKeyId, secretAccessKey } = carolina
  const store = { endpoint, accessKeyId, secretAccessKey }
  const [own, shared, project] = carolinaBuckets
  const apiKey = await directory.addAccount(EMAIL)
  await directory.addOrganisation(ORGANISATION, EMAIL)
  await directory.addBucket({ ...store, scope: 'personal', owner: EMAIL, name: 'My Storage', bucket: own })
  await directory.addBucket({ ...store, scope: 'organisation', owner: ORGANISATION, name: `${ORGANISATION} Storage`, bucket: shared })
  await directory.addBucket({ ...store, scope: 'project', owner: ORGANISATION, name: 'Coastal Imaging', bucket: project })
  return apiKey
}
