// Run by the project's own Node (the two packages want Node >= 22.12): adapt-cypress.mjs <electron folder>
import { FuseV1Options, FuseVersion, flipFuses } from '@electron/fuses'
import { createPackage } from '@electron/asar'
import { join } from 'node:path'
import { projectRoot } from '../paths.mjs'

const folder = process.argv[2] ?? ''

await flipFuses(join(folder, 'electron'), {
  version: FuseVersion.V1,
  // Off in Cypress's build; Playwright steers Electron by its inspector.
  [FuseV1Options.EnableNodeCliInspectArguments]: true,
  // Cypress's own V8 snapshot costs 200 MiB and puts its globals into every app.
  [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false
})
await createPackage(join(projectRoot, 'scripts', 'default-app'), join(folder, 'resources', 'default_app.asar'))
