import { assertNever } from '#shared/domain/assert-never.ts'
import type { UpdateFailure, UpdateState } from '#shared/ipc/updates.ts'
import { DOWNLOAD_LOST } from './replace-file.ts'

type OffReason = Extract<UpdateState, { kind: 'off' }>['reason']

/** What this copy of the app says about how it was installed. */
export interface Installation {
  readonly isPackaged: boolean
  readonly platform: NodeJS.Platform
  /** Where the app runs as an AppImage: its file. */
  readonly appImage: string | null
  readonly program: string
  /** The feed that the package names, if it may be asked. */
  readonly feedUrl: string | null
}

/** Null: this copy looks for updates. On Linux an AppImage only, as nothing else is the person's own to replace. */
export function whyOff({ isPackaged, platform, appImage, program, feedUrl }: Installation): OffReason | null {
  if (!isPackaged) return 'not-installed'
  if (platform === 'linux' && appImage === null) return isOfSystem(program) ? 'system-package' : 'archive'
  return feedUrl === null ? 'no-feed' : null
}

/** Where packages put programs, and no one else should. */
function isOfSystem(program: string): boolean {
  return /^\/(?:opt|usr|nix|snap|app)\//.test(program)
}

/** What the app is needed for at this moment. */
export interface Activity {
  /** The wizard is open and something has been entered. */
  readonly isWizardInUse: boolean
  readonly isDispatching: boolean
  /** Only this app can give the migration its secret key. */
  readonly isHandoverPending: boolean
}

export function isHeld({ isWizardInUse, isDispatching, isHandoverPending }: Activity): boolean {
  return isWizardInUse || isDispatching || isHandoverPending
}

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

/** Some minutes after the start, so that it costs the start nothing. `random`: 0 to 1. */
export function firstCheckMs(random: number): number {
  return (3 + 5 * random) * MINUTE_MS
}

/** Daily, and spread: not all apps ask at the same hour. */
export function nextCheckMs(random: number): number {
  return (22 + 4 * random) * HOUR_MS
}

export type UpdateEvent =
  | { readonly kind: 'check-began' }
  | { readonly kind: 'nothing-newer'; readonly at: Date }
  | { readonly kind: 'found'; readonly version: string }
  | { readonly kind: 'progressed'; readonly percent: number }
  | { readonly kind: 'downloaded' }
  /** `isTold`: the person asked for it, so silence would be no answer. */
  | { readonly kind: 'failed'; readonly failure: UpdateFailure; readonly isTold: boolean }

/** The state that is shown, and what it falls back to when there is nothing to say. */
export interface UpdateModel {
  readonly state: UpdateState
  readonly checkedAt: string | null
}

export const initialModel: UpdateModel = { state: { kind: 'idle', checkedAt: null }, checkedAt: null }

export function afterEvent(model: UpdateModel, event: UpdateEvent): UpdateModel {
  const { state, checkedAt } = model
  switch (event.kind) {
    case 'check-began':
      // What is ready can still be withdrawn or followed by a newer one; looking for that is nobody's concern.
      return state.kind === 'ready' ? model : { state: { kind: 'checking' }, checkedAt }
    case 'nothing-newer': {
      const now = event.at.toISOString()
      return { state: { kind: 'idle', checkedAt: now }, checkedAt: now }
    }
    case 'found':
      return { state: { kind: 'downloading', version: event.version, percent: 0 }, checkedAt }
    case 'progressed':
      // Whole numbers that only grow: a repeated part of the download would make it jump.
      return state.kind === 'downloading' ? { ...model, state: { ...state, percent: grown(state.percent, event.percent) } } : model
    case 'downloaded':
      return state.kind === 'downloading' ? { ...model, state: { kind: 'ready', version: state.version } } : model
    case 'failed': {
      if (state.kind === 'ready' && !event.isTold) return model
      // Without a network there is nothing to tell: it is tried again.
      const isSilent = event.failure === 'unreachable' && !event.isTold
      return { ...model, state: isSilent ? { kind: 'idle', checkedAt } : { kind: 'failed', failure: event.failure } }
    }
    default:
      return assertNever(event)
  }
}

function grown(before: number, percent: number): number {
  return Math.max(before, Math.min(100, Math.floor(percent)))
}

/** No pre-release comes by itself. */
export function isRelease(version: string): boolean {
  return /^\d+\.\d+\.\d+(\+[\w.-]+)?$/.test(version)
}

const codesOf: Readonly<Record<Exclude<UpdateFailure, 'unreachable' | 'not-understood'>, readonly string[]>> = {
  damaged: ['ERR_CHECKSUM_MISMATCH', 'ERR_UPDATER_INVALID_SIGNATURE', 'ERR_UPDATER_NO_CHECKSUM'],
  'disk-full': ['ENOSPC', 'EDQUOT'],
  lost: [DOWNLOAD_LOST],
  'not-replaced': ['EACCES', 'EPERM', 'EROFS', 'ENOENT', 'ERR_UPDATER_OLD_FILE_NOT_FOUND'],
}

/** What an error of electron-updater means. It has codes for most; Chromium's network and macOS only words. */
export function updateFailure(error: unknown): UpdateFailure {
  if (!(error instanceof Error)) return 'not-understood'
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  for (const [failure, codes] of Object.entries(codesOf)) if (codes.includes(code)) return failure as UpdateFailure
  if (/code signature|code requirement/i.test(error.message)) return 'damaged'
  const isOfNetwork = /^(HTTP_ERROR_|ECONN|ETIMEDOUT|ENOTFOUND|EAI_|EPIPE)/.test(code) || /\bnet::ERR_/.test(error.message)
  return isOfNetwork || code === 'ERR_UPDATER_CHANNEL_FILE_NOT_FOUND' ? 'unreachable' : 'not-understood'
}
