import { isTerminal } from '#shared/domain/migration-state.ts'
import { notificationTopics } from '#shared/ipc/preference-values.ts'
import type { Preferences } from '#shared/ipc/preferences.ts'
import type { AppFacts, AppSnapshot, CurrentMigration } from '#shared/ipc/snapshot.ts'
import { diagnosticsWords as words } from '../copy/diagnostics-words.ts'
import { redact } from './redaction-rules.ts'

export interface SystemFacts {
  /** E.g. `Linux 6.1.0 x64`. */
  readonly system: string
  /** E.g. `Electron 45.4.1, Chrome 156.0, Node 24.2.0`. */
  readonly runtime: string
  readonly isPackaged: boolean
  /** The system's sandbox around the window; an AppImage's launcher leaves it out where it cannot be had. */
  readonly isSandboxed: boolean
}

export interface DiagnosticsInput {
  readonly madeAt: Date
  readonly facts: AppFacts
  readonly system: SystemFacts
  readonly snapshot: AppSnapshot
  readonly logLines: readonly string[]
  /** Texts that must not appear, wherever they came from. */
  readonly known: readonly string[]
}

/** Everything that support needs and nothing that is somebody's: built from states, codes and ids only, then redacted. */
export function diagnosticsText({ madeAt, facts, system, snapshot, logLines, known }: DiagnosticsInput): string {
  const { preferences, connectionProblem } = snapshot
  const parts: readonly (readonly [string, readonly string[]])[] = [
    [
      words.app,
      [
        `${words.version}: ${facts.appVersion}`,
        `${words.updates}: ${updatesText(snapshot)}`,
        `${words.made}: ${madeAt.toISOString()}`,
      ],
    ],
    [words.system, systemLines(system)],
    [words.account, [`${words.session}: ${sessionText(snapshot)}`, `${words.keychain}: ${facts.keychainName}`]],
    [
      words.connection,
      [
        `${words.address}: ${facts.apiOrigin} (${facts.apiOriginSource})`,
        connectionProblem === null
          ? words.connected
          : `${connectionProblem.problem.code} ${connectionProblem.problem.reference ?? ''} since ${connectionProblem.since}`,
      ],
    ],
    [words.settings, settingsLines(preferences)],
    [words.migration, migrationLines(snapshot.current)],
    [words.log, logLines.length === 0 ? [words.nothing] : logLines],
  ]
  const text = parts.map(([title, lines]) => [`## ${title}`, ...lines].join('\n')).join('\n\n')
  return `${redact(`${words.title}\n\n${text}`, known)}\n`
}

function systemLines({ system, runtime, isPackaged, isSandboxed }: SystemFacts): string[] {
  return [system, runtime, `${words.installed}: ${yesNo(isPackaged)}`, `${words.sandbox}: ${isSandboxed ? 'on' : 'off'}`]
}

const yesNo = (isSo: boolean): string => (isSo ? 'yes' : 'no')

function updatesText({ updates }: AppSnapshot): string {
  if (updates.kind === 'off') return `off, ${updates.reason}`
  return updates.kind === 'failed' ? `failed, ${updates.failure}` : updates.kind
}

function sessionText({ session }: AppSnapshot): string {
  if (session.kind !== 'signed-in') return session.kind
  const { keyKeeping } = session
  return `signed-in, key kept: ${keyKeeping.kind === 'keychain' ? 'keychain' : `until-quit, ${keyKeeping.reason.code}`}`
}

function settingsLines(preferences: Preferences): string[] {
  const { notifications, isLaunchedAtLogin } = preferences
  return [
    `theme: ${preferences.theme}`,
    `open at login: ${isLaunchedAtLogin === null ? 'not possible' : yesNo(isLaunchedAtLogin)}`,
    `start in the tray: ${yesNo(preferences.isStartedInTray)}`,
    `stay in the tray: ${yesNo(preferences.isKeptInTray)}`,
    ...notificationTopics.map((topic) => `notify, ${topic}: ${yesNo(notifications[topic])}`),
  ]
}

function migrationLines(current: CurrentMigration | null): string[] {
  if (current === null) return [words.nothing]
  const { migration, handover, handoverProblem } = current
  const { failure, waiting } = migration
  return [
    `id: ${migration.id}`,
    `state: ${migration.state}, revision ${String(migration.revision)}, attempt ${String(migration.attempt)}`,
    `live: ${yesNo(!isTerminal(migration.state))}`,
    `handover: ${handover}${handoverProblem === null ? '' : `, ${handoverProblem.code}`}`,
    ...(waiting === null ? [] : [`waiting: ${waiting.side}, ${waiting.code}`]),
    ...(failure === null ? [] : [`failure: ${failure.side}, ${failure.code}`]),
    `times: created ${migration.createdAt}, started ${migration.startedAt ?? '-'}, finished ${migration.finishedAt ?? '-'}`,
  ]
}
