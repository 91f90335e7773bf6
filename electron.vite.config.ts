import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'
import { insteadOfPlugin, jsonSchemaCompiler, jsonSchemaFormats, otherLanguages } from './scripts/build/instead-of-plugin.ts'
import { licencesPlugin } from './scripts/build/licences-plugin.ts'

// Built for the oldest runtime the tests use (Electron 33); newer ones run it as well.
const NODE_TARGET = 'node20.18'
const CHROME_TARGET = 'chrome130'

// Main is compiled anew at each start. Its log names where an error came from, so names stay.
const MINIFIED_WITH_NAMES = { compress: true, mangle: false, codegen: { removeWhitespace: true } }

export default defineConfig({
  main: {
    plugins: [
      insteadOfPlugin(jsonSchemaCompiler),
      insteadOfPlugin(jsonSchemaFormats),
      licencesPlugin({ alsoShipped: ['electron', 'keytar'] }),
    ],
    build: {
      target: NODE_TARGET,
      outDir: 'out/main',
      // Only the native module stays outside the bundle: less to ship, a quicker start.
      externalizeDeps: {
        exclude: ['got', 'electron-store', 'electron-updater', 'zod', '@aws-sdk/client-s3', '@hpke/core', 'eventsource-parser'],
      },
      rolldownOptions: { input: { index: 'src/main/index.ts' }, output: { format: 'es', minify: MINIFIED_WITH_NAMES } },
    },
  },
  preload: {
    build: {
      target: NODE_TARGET,
      outDir: 'out/preload',
      rolldownOptions: { input: { index: 'src/preload/index.ts' }, output: { format: 'cjs', entryFileNames: '[name].cjs' } },
    },
  },
  renderer: {
    root: 'src/renderer',
    plugins: [react(), insteadOfPlugin(otherLanguages), licencesPlugin({ alsoShipped: [] })],
    build: {
      target: CHROME_TARGET,
      outDir: 'out/renderer',
      minify: true,
      rolldownOptions: { input: { index: 'src/renderer/index.html' } },
    },
  },
})
