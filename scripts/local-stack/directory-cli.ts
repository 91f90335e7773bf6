import { join } from 'node:path'
import { runProgram } from './run-program.ts'
import { commonEnvironment, projectRoot, type ServerSettings } from './server-programs.ts'

export interface BucketEntry {
  readonly scope: 'personal' | 'organisation' | 'project'
  /** E-mail of the account, or name of the organisation. */
  readonly owner: string
  readonly name: string
  readonly bucket: string
  readonly endpoint: string
  readonly accessKeyId: string
  readonly secretAccessKey: string
}

/** The operators' command line, as an operator would use it. */
export interface DirectoryCli {
  /** @returns the account's API key */
  addAccount(email: string): Promise<string>
  addOrganisation(name: string, owner: string): Promise<void>
  addMember(name: string, email: string, role: 'admin' | 'member'): Promise<void>
  addBucket(entry: BucketEntry): Promise<void>
}

export function createDirectoryCli(settings: ServerSettings): DirectoryCli {
  const run = async (words: string, values: Record<string, string>, input?: string): Promise<unknown> => {
    const options = Object.entries(values).map(([name, value]) => `--${name}=${value}`)
    const printed = await runProgram({
      name: `"${words}" of the operators' command line`,
      nodePath: settings.nodePath,
      script: join(projectRoot, 'server', 'directory', 'cli.ts'),
      args: [...words.split(' '), ...options, '--json'],
      env: { ...commonEnvironment(settings), CREDENTIALS_KEY_FILE: settings.credentialsKeyFile },
      ...(input === undefined ? {} : { input }),
      signal: settings.signal,
    })
    return JSON.parse(printed) as unknown
  }
  return {
    addAccount: async (email) => {
      await run('account add', { email })
      const { key } = (await run('key add', { email })) as { key: string }
      return key
    },
    addOrganisation: async (name, owner) => void (await run('org add', { name, owner })),
    addMember: async (name, email, role) => void (await run('org member add', { name, email, role })),
    addBucket: async ({ scope, owner, name, bucket, endpoint, accessKeyId, secretAccessKey }) => {
      const values = { scope, owner, name, endpoint, bucket, region: 'us-east-1', 'access-key-id': accessKeyId }
      await run('bucket add', values, secretAccessKey)
    },
  }
}
