import { z } from 'zod'
import {
  checkAccessKeyId,
  checkBucket,
  checkEndpoint,
  checkRegion,
  checkSecretAccessKey,
} from '#shared/domain/source-field-rules.ts'
import { err, ok, type Result } from '#shared/domain/result.ts'
import { Secret } from '#shared/domain/secret.ts'
import { createApiKey, hashApiKey } from './api-key.ts'
import type { CredentialVault } from './credential-vault.ts'
import type { BucketScope, DirectoryConflict, DirectoryStore, OrganisationRole } from './ports.ts'

export type DirectoryProblem =
  | { readonly code: DirectoryConflict }
  | { readonly code: 'unknown-account' | 'unknown-organisation' | 'unknown-key' }
  /** `reason`: a code of the field rules, or `malformed`. */
  | { readonly code: 'bad-value'; readonly field: string; readonly reason: string }

type Outcome<T> = Promise<Result<T, DirectoryProblem>>
type BadValue = Extract<DirectoryProblem, { code: 'bad-value' }>

export interface BucketDescription {
  readonly scope: BucketScope
  readonly name: string
  /** E-mail for a personal bucket, else the organisation's name. */
  readonly owner: string
  readonly endpoint: string
  readonly region: string
  readonly bucket: string
  readonly accessKeyId: string
}

/** What operators do with accounts, keys, organisations and buckets. Ids are made here. */
export interface Directory extends Pick<
  DirectoryStore,
  'listAccounts' | 'listApiKeys' | 'listOrganisations' | 'listBuckets'
> {
  addAccount(email: string): Outcome<{ readonly id: string }>
  /** The key is in this answer and nowhere else: only its hash is kept. */
  addKey(email: string, label: string): Outcome<{ readonly id: string; readonly key: Secret }>
  revokeKey(id: string): Outcome<{ readonly id: string }>
  addOrganisation(name: string, ownerEmail: string): Outcome<{ readonly id: string }>
  addMember(
    organisationName: string,
    email: string,
    role: Exclude<OrganisationRole, 'owner'>,
  ): Outcome<{ readonly id: string }>
  addBucket(description: BucketDescription, secretAccessKey: Secret): Outcome<{ readonly id: string }>
}

const MAX_NAME_LENGTH = 120
const nameSchema = z
  .string()
  .trim()
  .min(1)
  .max(MAX_NAME_LENGTH)
  .regex(/^\P{C}*$/u)
const emailSchema = z.email().max(254)

export function createDirectory(ports: {
  readonly store: DirectoryStore
  readonly vault: CredentialVault
  readonly makeId: () => string
}): Directory {
  const { store, makeId } = ports
  return {
    listAccounts: () => store.listAccounts(),
    listApiKeys: () => store.listApiKeys(),
    listOrganisations: () => store.listOrganisations(),
    listBuckets: () => store.listBuckets(),
    addAccount: async (text) => {
      const email = parseField('email', emailSchema, text)
      if (!email.ok) return email
      const id = makeId()
      return orProblem(await store.addAccount(id, email.value), { id })
    },
    addKey: async (email, label) => {
      const checkedLabel = parseField('label', nameSchema, label)
      if (!checkedLabel.ok) return checkedLabel
      const accountId = await store.findAccountId(email)
      if (accountId === null) return err({ code: 'unknown-account' })
      const id = makeId()
      const key = createApiKey()
      await store.addApiKey(id, accountId, checkedLabel.value, hashApiKey(key))
      return ok({ id, key })
    },
    revokeKey: async (id) => {
      if (!z.uuid().safeParse(id).success) return err({ code: 'bad-value', field: 'id', reason: 'malformed' })
      return (await store.revokeApiKey(id)) ? ok({ id }) : err({ code: 'unknown-key' })
    },
    addOrganisation: async (text, ownerEmail) => {
      const name = parseField('name', nameSchema, text)
      if (!name.ok) return name
      const ownerId = await store.findAccountId(ownerEmail)
      if (ownerId === null) return err({ code: 'unknown-account' })
      const id = makeId()
      return orProblem(await store.addOrganisation(id, name.value, ownerId), { id })
    },
    addMember: async (organisationName, email, role) => {
      const organisationId = await store.findOrganisationId(organisationName)
      if (organisationId === null) return err({ code: 'unknown-organisation' })
      const accountId = await store.findAccountId(email)
      if (accountId === null) return err({ code: 'unknown-account' })
      return orProblem(await store.addMember(organisationId, accountId, role), { id: accountId })
    },
    addBucket: (description, secretAccessKey) => addBucket(ports, description, secretAccessKey),
  }
}

async function addBucket(
  {
    store,
    vault,
    makeId,
  }: { readonly store: DirectoryStore; readonly vault: CredentialVault; readonly makeId: () => string },
  description: BucketDescription,
  secretAccessKey: Secret,
): Outcome<{ readonly id: string }> {
  const checked = checkBucketFields(description, secretAccessKey)
  if (!checked.ok) return checked
  const isPersonal = description.scope === 'personal'
  const ownerId = isPersonal
    ? await store.findAccountId(description.owner)
    : await store.findOrganisationId(description.owner)
  if (ownerId === null) return err({ code: isPersonal ? 'unknown-account' : 'unknown-organisation' })
  const id = makeId()
  const { secret, ...fields } = checked.value
  await store.addBucket({
    id,
    scope: description.scope,
    accountId: isPersonal ? ownerId : null,
    organisationId: isPersonal ? null : ownerId,
    ...fields,
    secretCiphertext: vault.seal(secret, id),
  })
  return ok({ id })
}

/** The same rules as for a source, so that the worker meets only what it can act on. */
function checkBucketFields(description: BucketDescription, secretAccessKey: Secret) {
  const name = parseField('name', nameSchema, description.name)
  if (!name.ok) return name
  const endpoint = checkEndpoint(description.endpoint)
  if (!endpoint.ok) return badValue('endpoint', endpoint.error.code)
  const region = checkRegion(description.region, endpoint.value)
  if (!region.ok) return badValue('region', region.error.code)
  const bucket = checkBucket(description.bucket)
  if (!bucket.ok) return badValue('bucket', bucket.error.code)
  const accessKeyId = checkAccessKeyId(description.accessKeyId)
  if (!accessKeyId.ok) return badValue('access-key-id', accessKeyId.error.code)
  const secret = checkSecretAccessKey(secretAccessKey.reveal())
  if (!secret.ok) return badValue('secret (standard input)', secret.error.code)
  return ok({
    name: name.value,
    endpoint: endpoint.value,
    region: region.value,
    bucket: bucket.value,
    accessKeyId: accessKeyId.value,
    secret: Secret.of(secret.value),
  })
}

function parseField(field: string, schema: z.ZodType<string>, text: string): Result<string, BadValue> {
  const parsed = schema.safeParse(text)
  return parsed.success ? ok(parsed.data) : badValue(field, text.trim() === '' ? 'empty' : 'malformed')
}

function badValue(field: string, reason: string) {
  return err<BadValue>({ code: 'bad-value', field, reason })
}

function orProblem<T>(result: Result<null, DirectoryConflict>, value: T): Result<T, DirectoryProblem> {
  return result.ok ? ok(value) : err({ code: result.error })
}
