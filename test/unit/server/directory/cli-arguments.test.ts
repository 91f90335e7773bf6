import { describe, expect, test } from 'vitest'
import { helpText, parseInvocation } from '../../../../server/directory/cli-arguments.ts'
import { commands } from '../../../../server/directory/cli-commands.ts'

describe('parseInvocation', () => {
  test('takes options in both forms', () => {
    const invocation = parseInvocation(['key', 'add', '--email=a@b.co', '--label', 'x', '--json'])
    expect(invocation).toMatchObject({
      ok: true,
      value: { kind: 'run', isJson: true, values: { email: 'a@b.co', label: 'x' } },
    })
  })

  test.each([[[]], [['--help']], [['account', 'add', '--help']], [['-h']]])('%j asks for help', (args) => {
    expect(parseInvocation(args)).toEqual({ ok: true, value: { kind: 'help' } })
  })

  test.each([
    [['--json'], 'A command is missing.'],
    [['acount', 'add'], 'There is no command "acount add".'],
    [['account', 'add'], 'account add needs --email.'],
    [['account', 'add', '--email', ''], 'account add needs --email.'],
    [['org', 'member', 'add', '--name', 'x', '--email', 'y', '--role', 'owner'], '--role takes one of: admin, member.'],
  ])('%j is refused: %s', (args, text) => {
    expect(parseInvocation(args)).toEqual({ ok: false, error: text })
  })

  test('S9: there is no option for a secret', () => {
    const given = parseInvocation(['bucket', 'add', '--secret-access-key', 'hunter2'])
    expect(given).toMatchObject({ ok: false, error: expect.stringContaining('--secret-access-key') as string })
    expect(JSON.stringify(given)).not.toContain('hunter2')
  })
})

test('the help names every command and option', () => {
  for (const { words, options } of commands) {
    expect(helpText()).toContain(`  ${words}`)
    for (const option of options) expect(helpText()).toContain(`--${option.replace(/[[\]]/g, '')}`)
  }
})
