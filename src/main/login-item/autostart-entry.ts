/** An entry of the XDG autostart specification. */
export interface AutostartEntry {
  readonly name: string
  /** The program's absolute path, then its arguments. */
  readonly command: readonly string[]
}

export function autostartText({ name, command }: AutostartEntry): string {
  const lines = [
    '[Desktop Entry]',
    'Type=Application',
    `Name=${name}`,
    `Exec=${command.map(quoted).join(' ')}`,
    'Terminal=false',
    'X-GNOME-Autostart-enabled=true',
  ]
  return `${lines.join('\n')}\n`
}

/** False where the person has switched it off in the desktop's own settings. */
export function isAutostartOn(text: string): boolean {
  return !/^\s*Hidden\s*=\s*true\s*$/im.test(text) && !/^\s*X-GNOME-Autostart-enabled\s*=\s*false\s*$/im.test(text)
}

/**
 * One argument of `Exec` (Desktop Entry Specification, "The Exec key"): in quotes, with its special characters
 * escaped, and all of that once more as any text value, where a backslash is written as two. `%` would be a field code.
 */
function quoted(argument: string): string {
  const inQuotes = argument.replace(/["`$\\]/g, '\\$&').replaceAll('%', '%%')
  return `"${inQuotes}"`.replaceAll('\\', '\\\\')
}
