import { describe, expect, it, vi } from 'vitest'
import type { Preferences } from '#shared/ipc/preferences.ts'
import { noLoginItem } from '../../../../src/main/login-item/login-item.ts'
import { defaultPreferences } from '../../../../src/main/preferences/default-preferences.ts'
import { createPreferences } from '../../../../src/main/preferences/preferences-service.ts'
import type { StoredPreferences } from '../../../../src/main/settings/settings-schema.ts'

/** A login item that the system may refuse to change, or not change without a word. */
function fakeLoginItem({ code = null, isFixed = false }: { code?: string | null; isFixed?: boolean } = {}) {
  let isOn = false
  const refresh = vi.fn()
  const setEnabled = (isEnabled: boolean) => {
    if (code === null && !isFixed) isOn = isEnabled
    return code
  }
  return { isEnabled: () => isOn, setEnabled, refresh }
}

function setUp(loginItem = fakeLoginItem() as typeof noLoginItem) {
  let stored: StoredPreferences = { ...defaultPreferences, theme: 'dark' }
  const told: Preferences[] = []
  const applyTheme = vi.fn()
  const service = createPreferences({
    storedPreferences: () => stored,
    setStoredPreferences: (preferences) => (stored = preferences),
    loginItem,
    applyTheme,
    onChanged: (preferences) => told.push(preferences),
  })
  return { service, told, applyTheme, stored: () => stored }
}

describe('preferences', () => {
  it('B13: are applied and told at the start', () => {
    const loginItem = fakeLoginItem()
    const { told, applyTheme } = setUp(loginItem)
    expect(applyTheme).toHaveBeenCalledExactlyOnceWith('dark')
    expect(loginItem.refresh).toHaveBeenCalledOnce()
    expect(told).toEqual([{ ...defaultPreferences, theme: 'dark', isLaunchedAtLogin: false }])
  })

  it('B13: a change is kept, applied and told; the rest stays', () => {
    const { service, told, applyTheme, stored } = setUp()
    const notifications = { ...defaultPreferences.notifications, cancelled: false }
    expect(service.change({ notifications, theme: undefined })).toMatchObject({ ok: true })
    expect(stored()).toEqual({ ...defaultPreferences, theme: 'dark', notifications })
    expect(applyTheme).toHaveBeenCalledOnce()
    service.change({ theme: 'light' })
    expect(applyTheme).toHaveBeenLastCalledWith('light')
    expect(told.at(-1)).toMatchObject({ theme: 'light', notifications })
  })

  it('B13: launch at login is the system’s to keep', () => {
    const { service, told, stored } = setUp()
    expect(service.change({ isLaunchedAtLogin: true })).toMatchObject({ ok: true })
    expect(told.at(-1)?.isLaunchedAtLogin).toBe(true)
    expect(stored()).not.toHaveProperty('isLaunchedAtLogin')
  })

  it.each([
    ['refuses', fakeLoginItem({ code: 'EACCES' }), { code: 'login-item-not-changed', reference: 'EACCES' }],
    ['says yes and does nothing', fakeLoginItem({ isFixed: true }), { code: 'login-item-not-changed' }],
    ['has no way', noLoginItem, { code: 'login-item-not-changed', reference: 'ENOTSUP' }],
  ])('B13: where the system %s, nothing of the change is kept and the switch shows the truth', (_what, item, error) => {
    const { service, told, stored, applyTheme } = setUp(item)
    expect(service.change({ isLaunchedAtLogin: true, theme: 'light' })).toEqual({ ok: false, error })
    expect(stored().theme).toBe('dark')
    expect(applyTheme).toHaveBeenCalledOnce()
    expect(told.at(-1)?.isLaunchedAtLogin).toBe(item.isEnabled())
  })
})
