import type { WindowBounds } from '../settings/settings-schema.ts'

export const DEFAULT_SIZE = { width: 900, height: 640 } as const
export const MIN_SIZE = { width: 720, height: 560 } as const
/** How much of the title bar must be on a screen to be grabbed with the mouse. */
const GRIP = 60

/**
 * Where the window opens: where it was, if that place still exists (screens come and go); else the system
 * decides. `workAreas`: the usable parts of the present screens.
 */
export function openingBounds(
  remembered: WindowBounds | null,
  workAreas: readonly WindowBounds[],
): Pick<WindowBounds, 'width' | 'height'> & Partial<WindowBounds> {
  if (remembered === null) return DEFAULT_SIZE
  const bounds = {
    ...remembered,
    width: Math.max(remembered.width, MIN_SIZE.width),
    height: Math.max(remembered.height, MIN_SIZE.height),
  }
  return workAreas.some((area) => isReachable(bounds, area)) ? bounds : DEFAULT_SIZE
}

function isReachable(bounds: WindowBounds, area: WindowBounds): boolean {
  const overlap = Math.min(bounds.x + bounds.width, area.x + area.width) - Math.max(bounds.x, area.x)
  return overlap >= GRIP && bounds.y >= area.y && bounds.y + GRIP <= area.y + area.height
}
