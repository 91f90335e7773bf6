import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Arch, build, Platform } from 'electron-builder'
import { projectRoot } from '../../scripts/local-stack/server-programs.ts'
import { readRuntime } from '../../scripts/local-stack/runtime.ts'

export interface Installer {
  /** What is handed to the tool that makes deb and rpm; none for an AppImage. */
  readonly args: readonly string[]
  readonly desktopEntry: string
}

/**
 * What electron-builder would make AppImage, deb and rpm of, in this order. It stops short of making them: that takes tools
 * which it downloads from GitHub.
 */
export async function plannedInstallers(): Promise<readonly Installer[]> {
  const planned: Installer[] = []
  await build({
    targets: Platform.LINUX.createTarget(['AppImage', 'deb', 'rpm'], Arch.x64),
    projectDir: projectRoot,
    prepackaged: join(projectRoot, 'dist', 'linux-unpacked'),
    publish: 'never',
    config: { extends: 'electron-builder.yml', electronVersion: readRuntime().electron.version },
    effectiveOptionComputed: async (options: { readonly desktop: string } | readonly [readonly string[], string]) => {
      planned.push(
        'desktop' in options
          ? { args: [], desktopEntry: options.desktop }
          : { args: options[0], desktopEntry: await readFile(options[1], 'utf8') },
      )
      return true
    },
  })
  return planned
}
