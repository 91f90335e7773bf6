import { destinationScopes } from '#shared/contract/schemas.ts'
import { ok } from '#shared/domain/result.ts'
import type { Secret } from '#shared/domain/secret.ts'
import type { Directory, DirectoryProblem } from './directory.ts'
import type { Result } from '#shared/domain/result.ts'
import type { BucketScope } from './ports.ts'

/** What a command tells: one record or a list of them, printed as lines or as JSON. */
export type Answer = object | readonly object[]

export type OptionValues = Readonly<Record<string, string>>

export interface Command {
  readonly words: string
  readonly summary: string
  /** Names of options; all take a value. `[name]` need not be given. */
  readonly options: readonly string[]
  readonly choices?: Readonly<Record<string, readonly string[]>>
  /** The bucket's secret comes on standard input: argv is readable by every user of the machine. */
  readonly readsSecret?: true
  run(directory: Directory, values: OptionValues, secret: Secret): Promise<Result<Answer, DirectoryProblem>>
}

const memberRoles = ['admin', 'member'] as const

/** Values of required options are there: the command line was checked against the same table. */
const value = (values: OptionValues, name: string): string => values[name] ?? ''

export const commands: readonly Command[] = [
  {
    words: 'account add',
    summary: 'Add an account',
    options: ['email'],
    run: (directory, values) => directory.addAccount(value(values, 'email')),
  },
  {
    words: 'account list',
    summary: 'List accounts',
    options: [],
    run: async (directory) => ok(await directory.listAccounts()),
  },
  {
    words: 'key add',
    summary: 'Make an API key; it is printed once and kept nowhere',
    options: ['email', '[label]'],
    run: async (directory, values) => {
      const made = await directory.addKey(value(values, 'email'), values['label'] ?? 'made by an operator')
      return made.ok ? ok({ id: made.value.id, key: made.value.key.reveal() }) : made
    },
  },
  {
    words: 'key revoke',
    summary: 'Revoke an API key: requests with it are refused at once, its open event streams end within a minute',
    options: ['id'],
    run: (directory, values) => directory.revokeKey(value(values, 'id')),
  },
  {
    words: 'key list',
    summary: 'List API keys (not their text, which is not kept)',
    options: [],
    run: async (directory) => ok(await directory.listApiKeys()),
  },
  {
    words: 'org add',
    summary: 'Add an organisation with its owner',
    options: ['name', 'owner'],
    run: (directory, values) => directory.addOrganisation(value(values, 'name'), value(values, 'owner')),
  },
  {
    words: 'org member add',
    summary: 'Add an account to an organisation',
    options: ['name', 'email', 'role'],
    choices: { role: memberRoles },
    run: (directory, values) =>
      directory.addMember(
        value(values, 'name'),
        value(values, 'email'),
        value(values, 'role') as (typeof memberRoles)[number],
      ),
  },
  {
    words: 'org list',
    summary: 'List organisations and their members',
    options: [],
    run: async (directory) => ok(await directory.listOrganisations()),
  },
  {
    words: 'bucket add',
    summary: 'Add a destination bucket; its secret access key is read from standard input',
    options: ['scope', 'owner', 'name', 'endpoint', 'region', 'bucket', 'access-key-id'],
    choices: { scope: destinationScopes },
    readsSecret: true,
    run: (directory, values, secret) =>
      directory.addBucket(
        {
          scope: value(values, 'scope') as BucketScope,
          owner: value(values, 'owner'),
          name: value(values, 'name'),
          endpoint: value(values, 'endpoint'),
          region: value(values, 'region'),
          bucket: value(values, 'bucket'),
          accessKeyId: value(values, 'access-key-id'),
        },
        secret,
      ),
  },
  {
    words: 'bucket list',
    summary: 'List destination buckets',
    options: [],
    run: async (directory) => ok(await directory.listBuckets()),
  },
]
