import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Secret } from '#shared/domain/secret.ts'
import { runDirectoryCli } from '../../../server/directory/cli-run.ts'
import { createCredentialVault } from '../../../server/directory/credential-vault.ts'
import { createBucketCredentialsStore } from '../../../server/stores/bucket-credentials-store.ts'
import { readFile } from 'node:fs/promises'
import { startTestApi, type TestApi } from '../../support/api-server.ts'
import { createApiCaller } from '../api/api-caller.ts'

let api: TestApi

beforeAll(async () => {
  api = await startTestApi()
})
afterAll(() => api.stop())

/** Runs a command in this process, over the real database. */
async function run(args: readonly string[], input = '') {
  let [output, errors] = ['', '']
  const code = await runDirectoryCli(args, {
    withDirectory: (work) => work(api.directory),
    readStandardInput: () => Promise.resolve(input),
    print: (text) => (output += text),
    printError: (text) => (errors += text),
  })
  return { code, output, errors, json: () => JSON.parse(output) as Record<string, string> }
}

/** Runs the program as operators do. */
async function runProgram(args: readonly string[], input: string, environment: Record<string, string>) {
  const child = spawn(process.execPath, ['server/directory/cli.ts', ...args], { env: { PATH: '', ...environment } })
  let [output, errors] = ['', '']
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text))
  child.stdin.end(input)
  const [code] = (await once(child, 'close')) as [number]
  return { code, output, errors }
}

const bucketArgs = (owner: string, scope = 'personal') => [
  'bucket',
  'add',
  '--scope',
  scope,
  '--owner',
  owner,
  '--name',
  'New one',
  '--endpoint',
  'https://s3.eu-central-1.wasabisys.com',
  '--region',
  'eu-central-1',
  '--bucket',
  'cc-new-one',
  '--access-key-id',
  'BUCKETKEY',
  '--json',
]

describe('the operators’ command line', () => {
  test('from an account to a key that works, until it is revoked', async () => {
    expect((await run(['account', 'add', '--email', 'new@example.com'])).code).toBe(0)
    const made = (await run(['key', 'add', '--email', 'NEW@example.com', '--label', 'laptop', '--json'])).json()
    const caller = createApiCaller(api.origin, Secret.of(made['key']!))
    expect((await caller.get('/v1/me')).body).toMatchObject({ email: 'new@example.com', organisation: null })

    const listed = await run(['key', 'list', '--json'])
    expect(listed.output).toContain('laptop')
    expect(listed.output).not.toContain(made['key'])

    expect((await run(['key', 'revoke', '--id', made['id']!])).code).toBe(0)
    expect((await caller.get('/v1/me')).status).toBe(401)
  })

  test('S9: a bucket’s secret comes on standard input and rests encrypted; only the vault opens it', async () => {
    const secret = 'wasabi/secret+key=0123456789'
    const added = await runProgram(bucketArgs('outsider@example.com'), `${secret}\n`, {
      DATABASE_URL_FILE: api.testDatabase.urlFile,
      CREDENTIALS_KEY_FILE: api.credentialsKeyFile,
    })
    expect(added).toMatchObject({ code: 0, errors: '' })
    const { id } = JSON.parse(added.output) as { id: string }
    const { rows } = await api.database.query<{ row: string }>(
      `SELECT buckets::text || encode(secret_ciphertext, 'escape') AS row FROM buckets`,
    )
    expect(JSON.stringify(rows)).not.toContain(secret)

    const credentials = await createBucketCredentialsStore(api.database).find(id)
    const vault = createCredentialVault(Secret.of(await readFile(api.credentialsKeyFile, 'utf8')))
    const opened = vault.open(credentials!.secretCiphertext, credentials!.bucketId)
    expect(opened.ok && opened.value.reveal()).toBe(secret)
    expect(credentials).toMatchObject({
      endpoint: 'https://s3.eu-central-1.wasabisys.com',
      region: 'eu-central-1',
      bucket: 'cc-new-one',
      accessKeyId: 'BUCKETKEY',
    })
  })

  test('an organisation with its members, seen at once by its admins', async () => {
    for (const email of ['o1@example.com', 'o2@example.com']) await run(['account', 'add', '--email', email])
    expect((await run(['org', 'add', '--name', 'Oak', '--owner', 'o1@example.com'])).code).toBe(0)
    expect(
      (await run(['org', 'member', 'add', '--name', 'Oak', '--email', 'o2@example.com', '--role', 'admin'])).code,
    ).toBe(0)
    expect((await run(bucketArgs('Oak', 'project'), 'secret')).code).toBe(0)
    const { output } = await run(['org', 'list'])
    expect(output).toContain(
      'name: Oak  members: [{"email":"o1@example.com","role":"owner"},{"email":"o2@example.com","role":"admin"}]',
    )
    expect((await run(['bucket', 'list'])).output).toContain('owner: Oak')
    expect((await run(['account', 'list'])).output).toContain('organisationName: Oak  role: admin')
  })
})

describe('refusals exit with 1 and say what to do', () => {
  const cases: [string, string[], string, string][] = [
    [
      'a second account of one e-mail',
      ['account', 'add', '--email', 'Owner@Example.com'],
      '',
      'There is already an account',
    ],
    ['no e-mail', ['account', 'add', '--email', 'nonsense'], '', 'email does not fit'],
    ['a key for nobody', ['key', 'add', '--email', 'nobody@example.com'], '', 'There is no account'],
    [
      'a label with control characters',
      ['key', 'add', '--email', 'owner@example.com', '--label', 'a\tb'],
      '',
      'label does not fit',
    ],
    ['an id that is none', ['key', 'revoke', '--id', '7'], '', 'id does not fit'],
    ['an unknown key', ['key', 'revoke', '--id', '9e8b7f0e-0000-4000-8000-000000000000'], '', 'There is no API key'],
    [
      'a second organisation of one name',
      ['org', 'add', '--name', 'Pine Labs', '--owner', 'outsider@example.com'],
      '',
      'already an organisation',
    ],
    [
      'a member of two organisations',
      ['org', 'member', 'add', '--name', 'Pine Labs', '--email', 'admin@example.com', '--role', 'member'],
      '',
      'already belongs',
    ],
    [
      'an unknown organisation',
      ['org', 'member', 'add', '--name', 'None', '--email', 'admin@example.com', '--role', 'member'],
      '',
      'no organisation',
    ],
    [
      'a bucket without its secret',
      bucketArgs('owner@example.com').slice(0, -1),
      '',
      'secret (standard input) does not fit: empty',
    ],
    ['a bucket for nobody', bucketArgs('nobody@example.com').slice(0, -1), 's3cret', 'There is no account'],
  ]
  test.each(cases)('%s', async (_case, args, input, text) => {
    const { code, output, errors } = await run(args, input)
    expect([code, output]).toEqual([1, ''])
    expect(errors).toContain(text)
  })

  test('with --json the refusal is a code', async () => {
    const { errors } = await run(['account', 'add', '--email', 'owner@example.com', '--json'])
    expect(JSON.parse(errors)).toEqual({ error: { code: 'account-exists' } })
  })

  test('settings that are missing, and a database that is away, are told in a sentence', async () => {
    const unset = await runProgram(['account', 'list'], '', {})
    expect([unset.code, unset.errors]).toEqual([
      1,
      expect.stringContaining('CREDENTIALS_KEY_FILE is not set') as string,
    ])
    const away = await runProgram(['account', 'list'], '', {
      DATABASE_URL: 'postgresql://nobody@127.0.0.1:1/none',
      CREDENTIALS_KEY_FILE: api.credentialsKeyFile,
    })
    expect([away.code, away.errors]).toEqual([1, expect.stringContaining('The database cannot be reached') as string])
  })

  test('a command that is not understood exits with 2, help with 0', async () => {
    expect(await run(['acount'])).toMatchObject({ code: 2, output: '' })
    expect(await run(['--help'])).toMatchObject({ code: 0, errors: '' })
  })
})
