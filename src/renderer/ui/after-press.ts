/**
 * Runs at once, or, while a mouse button is held down, after it is released. A field judged on leaving it
 * may grow by a message; the button that the person is just pressing must not move away from under the pointer.
 */
export function afterPress(run: () => void): void {
  const isPressing = document.querySelector(':active') !== null
  if (!isPressing) {
    run()
    return
  }
  // The click comes after the release, in the same task.
  const endings = ['pointerup', 'pointercancel'] as const
  const finish = () => {
    endings.forEach((name) => window.removeEventListener(name, finish))
    setTimeout(run, 0)
  }
  endings.forEach((name) => window.addEventListener(name, finish))
}
