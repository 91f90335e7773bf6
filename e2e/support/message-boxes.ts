import type { RunningApp } from './running-app.ts'

/** A fake: Electron's own message boxes, which no test can click, are answered by these buttons, one after the other. */
export async function answerMessageBoxes({ electron }: RunningApp, buttons: readonly string[]): Promise<void> {
  await electron.evaluate(({ dialog }, answers) => {
    const left = [...answers]
    // Of its two shapes the app uses the one without a window.
    const answer = ({ buttons: labels = [] }: Electron.MessageBoxOptions) => {
      const response = labels.indexOf(left.shift() ?? '')
      if (response < 0) throw new Error('a message box that the test does not expect')
      return Promise.resolve({ response, checkboxChecked: false })
    }
    dialog.showMessageBox = answer as typeof dialog.showMessageBox
  }, buttons)
}
