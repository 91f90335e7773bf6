import { assertNever } from '#shared/domain/assert-never.ts'
import { Secret } from '#shared/domain/secret.ts'
import { helpText, parseInvocation } from './cli-arguments.ts'
import type { Answer } from './cli-commands.ts'
import type { Directory, DirectoryProblem } from './directory.ts'

export interface CliPorts {
  /** Opened only when a command really runs. */
  readonly withDirectory: <T>(work: (directory: Directory) => Promise<T>) => Promise<T>
  readonly readStandardInput: () => Promise<string>
  readonly print: (text: string) => void
  readonly printError: (text: string) => void
}

/** Runs one command; returns the exit code: 0 done, 1 refused, 2 not understood. */
export async function runDirectoryCli(args: readonly string[], ports: CliPorts): Promise<0 | 1 | 2> {
  const invocation = parseInvocation(args)
  if (!invocation.ok) {
    ports.printError(`${invocation.error}\nRun with --help to see all commands.\n`)
    return 2
  }
  if (invocation.value.kind === 'help') {
    ports.print(helpText())
    return 0
  }
  const { command, values, isJson } = invocation.value
  const secret = Secret.of(command.readsSecret === true ? (await ports.readStandardInput()).trim() : '')
  const outcome = await ports.withDirectory((directory) => command.run(directory, values, secret))
  if (!outcome.ok) {
    ports.printError(isJson ? `${JSON.stringify({ error: outcome.error })}\n` : `${describeProblem(outcome.error)}\n`)
    return 1
  }
  ports.print(isJson ? `${JSON.stringify(outcome.value)}\n` : asLines(outcome.value))
  return 0
}

function asLines(answer: Answer): string {
  const records = Array.isArray(answer) ? (answer as readonly object[]) : [answer]
  if (records.length === 0) return 'none\n'
  return records
    .map(
      (record) =>
        `${Object.entries(record)
          .map(([name, value]) => `${name}: ${asText(value)}`)
          .join('  ')}\n`,
    )
    .join('')
}

function asText(value: unknown): string {
  if (value === null) return '-'
  return typeof value === 'string' ? value : JSON.stringify(value)
}

function describeProblem(problem: DirectoryProblem): string {
  switch (problem.code) {
    case 'account-exists':
      return 'There is already an account with this e-mail.'
    case 'organisation-exists':
      return 'There is already an organisation of this name.'
    case 'already-member':
      return 'This account already belongs to an organisation; it can belong to one only.'
    case 'owner-exists':
      return 'This organisation already has an owner.'
    case 'unknown-account':
      return 'There is no account with this e-mail; see: account list.'
    case 'unknown-organisation':
      return 'There is no organisation of this name; see: org list.'
    case 'unknown-key':
      return 'There is no API key with this id; see: key list.'
    case 'bad-value':
      return `${problem.field} does not fit: ${problem.reason}.`
    default:
      return assertNever(problem)
  }
}
