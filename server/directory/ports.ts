import type { destinationScopes, organisationRoles } from '#shared/contract/schemas.ts'
import type { Result } from '#shared/domain/result.ts'

export type OrganisationRole = (typeof organisationRoles)[number]
export type BucketScope = (typeof destinationScopes)[number]

export interface AccountRecord {
  readonly id: string
  readonly email: string
  readonly createdAt: string
  readonly organisationName: string | null
  readonly role: OrganisationRole | null
}

export interface ApiKeyRecord {
  readonly id: string
  readonly email: string
  readonly label: string
  readonly createdAt: string
  readonly revokedAt: string | null
}

export interface OrganisationRecord {
  readonly id: string
  readonly name: string
  readonly members: readonly { readonly email: string; readonly role: OrganisationRole }[]
}

export interface BucketRecord {
  readonly id: string
  readonly name: string
  readonly scope: BucketScope
  /** E-mail of the account or name of the organisation. */
  readonly owner: string
  readonly endpoint: string
  readonly region: string
  readonly bucket: string
  readonly accessKeyId: string
}

export interface NewBucket extends Omit<BucketRecord, 'owner'> {
  readonly accountId: string | null
  readonly organisationId: string | null
  readonly secretCiphertext: Buffer
}

/** Names already taken, told by the database's own unique constraints. */
export type DirectoryConflict = 'account-exists' | 'organisation-exists' | 'already-member' | 'owner-exists'

/** The operators' side of the directory: who exists and which buckets there are. */
export interface DirectoryStore {
  addAccount(id: string, email: string): Promise<Result<null, DirectoryConflict>>
  findAccountId(email: string): Promise<string | null>
  listAccounts(): Promise<readonly AccountRecord[]>
  addApiKey(id: string, accountId: string, label: string, keyHash: Buffer): Promise<void>
  /** False when there is no such key; revoking twice keeps the first time. */
  revokeApiKey(id: string): Promise<boolean>
  listApiKeys(): Promise<readonly ApiKeyRecord[]>
  /** The organisation and its owner, together or not at all. */
  addOrganisation(id: string, name: string, ownerAccountId: string): Promise<Result<null, DirectoryConflict>>
  findOrganisationId(name: string): Promise<string | null>
  addMember(organisationId: string, accountId: string, role: OrganisationRole): Promise<Result<null, DirectoryConflict>>
  listOrganisations(): Promise<readonly OrganisationRecord[]>
  addBucket(bucket: NewBucket): Promise<void>
  listBuckets(): Promise<readonly BucketRecord[]>
}
