import { app, dialog } from 'electron'
import { composeApp } from './app.ts'
import { readConfig } from './config.ts'
import { APP_NAME, startFailureWords } from './copy/app-words.ts'
import { createLogTail } from './diagnostics/log-tail.ts'
import { runLifecycle } from './lifecycle.ts'
import { createLogger, createStderrWriter, errorFacts } from './logger.ts'
import { registerAppScheme } from './security/app-scheme-handler.ts'
import { enforceSandbox } from './security/enforce-sandbox.ts'

// Everything here runs before the app is ready. Never await `app.whenReady()` at the top level: the event
// waits for this module and this module would wait for the event.
const logTail = createLogTail()
const writeToStderr = createStderrWriter()
const logger = createLogger({
  writeLine: (line) => {
    logTail.writeLine(line)
    writeToStderr(line)
  },
})
try {
  const config = readConfig()
  app.setName(APP_NAME)
  app.setAppUserModelId('io.carolinacloud.migrate')
  if (config.userDataDir !== null) app.setPath('userData', config.userDataDir)
  enforceSandbox(logger)
  registerAppScheme()
  runLifecycle({ start: (launch) => composeApp({ started: config, launch, logger, logTail }), logger })
} catch (error) {
  logger.error('not-started', errorFacts(error))
  dialog.showErrorBox(startFailureWords.title, error instanceof Error ? error.message : '')
  app.exit(1)
}
