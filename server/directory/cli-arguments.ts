import { parseArgs } from 'node:util'
import { err, ok, type Result } from '#shared/domain/result.ts'
import { type Command, commands, type OptionValues } from './cli-commands.ts'

export type Invocation =
  | { readonly kind: 'help' }
  | { readonly kind: 'run'; readonly command: Command; readonly values: OptionValues; readonly isJson: boolean }

/** `account add --email a@b.c --json` → what to run; else a sentence about what is wrong. */
export function parseInvocation(args: readonly string[]): Result<Invocation, string> {
  const firstOption = args.findIndex((argument) => argument.startsWith('-'))
  const words = args.slice(0, firstOption < 0 ? args.length : firstOption).join(' ')
  const rest = firstOption < 0 ? [] : args.slice(firstOption)
  if (args.length === 0 || rest.includes('--help') || rest.includes('-h')) return ok({ kind: 'help' })
  const command = commands.find((one) => one.words === words)
  if (command === undefined) return err(words === '' ? 'A command is missing.' : `There is no command "${words}".`)

  const parsed = parseOptions(command, rest)
  if (!parsed.ok) return parsed
  const { json, ...values } = parsed.value
  const missing = command.options.filter((name) => !name.startsWith('[') && (values[name] ?? '') === '')
  if (missing.length > 0) return err(`${words} needs ${missing.map((name) => `--${name}`).join(', ')}.`)
  for (const [name, choices] of Object.entries(command.choices ?? {})) {
    if (!choices.includes(String(values[name]))) return err(`--${name} takes one of: ${choices.join(', ')}.`)
  }
  return ok({ kind: 'run', command, values: values as OptionValues, isJson: json === true })
}

function parseOptions(
  command: Command,
  args: readonly string[],
): Result<Record<string, string | boolean | undefined>, string> {
  const names = command.options.map((name) => name.replace(/^\[(.*)\]$/, '$1'))
  const options = Object.fromEntries(names.map((name) => [name, { type: 'string' as const }]))
  try {
    const { values } = parseArgs({
      args: [...args],
      options: { ...options, json: { type: 'boolean' } },
      strict: true,
      allowPositionals: false,
    })
    return ok(values as Record<string, string | boolean | undefined>)
  } catch (error) {
    return err(error instanceof Error ? error.message : 'The options could not be read.')
  }
}

export function helpText(): string {
  const lines = commands.map(({ words, options, choices, summary }) => {
    const shown = options.map((option) => {
      const name = option.replace(/^\[(.*)\]$/, '$1')
      const text = `--${name} ${choices?.[name]?.join('|') ?? '…'}`
      return option === name ? text : `[${text}]`
    })
    return `  ${[words, ...shown].join(' ')}\n      ${summary}`
  })
  return `Usage: node server/directory/cli.ts COMMAND [--json]

${lines.join('\n')}

--owner of a bucket: e-mail of the account (scope personal), else the organisation's name.
A bucket's secret access key is read from standard input, never from the command line.
Settings: DATABASE_URL or DATABASE_URL_FILE, and CREDENTIALS_KEY_FILE.
`
}
