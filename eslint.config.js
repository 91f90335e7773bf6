import reactHooks from 'eslint-plugin-react-hooks'
import tseslint from 'typescript-eslint'

const noDefaultExport = {
  selector: 'ExportDefaultDeclaration',
  message: 'Named exports only: one name for one thing everywhere.',
}
const noProcessEnv = {
  selector: "MemberExpression[object.name='process'][property.name='env']",
  message: 'Only config.ts reads the environment, parsed and with an error that names the variable.',
}
const toolFiles = ['*.config.ts', '*.config.js', 'scripts/**', 'test/**', 'e2e/**', 'bench/**']

export default tseslint.config(
  { ignores: ['out/', 'dist/', 'node_modules/', '.cache/', 'demo-output/', 'test-results/', 'playwright-report/', '.dependency-cruiser.cjs'] },
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: {
      parserOptions: { project: ['./tsconfig.json', './src/renderer/tsconfig.json', './test/gallery/tsconfig.json'], tsconfigRootDir: import.meta.dirname },
    },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      'no-console': 'error',
      'no-restricted-syntax': ['error', noDefaultExport, noProcessEnv],
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/no-meaningless-void-operator': 'off',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
    },
  },
  {
    files: ['src/main/**', 'src/preload/**'],
    ignores: ['src/main/ipc/**', 'src/preload/index.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        { paths: [{ name: 'electron', importNames: ['ipcMain', 'ipcRenderer'], message: 'IPC goes through src/main/ipc.' }] },
      ],
    },
  },
  { files: ['src/renderer/**/*.{ts,tsx}'], ...reactHooks.configs.flat['recommended-latest'] },
  { files: ['server/config.ts', 'src/main/config.ts'], rules: { 'no-restricted-syntax': ['error', noDefaultExport] } },
  {
    // Tools are configured by default exports, speak to the terminal and pass environments on.
    files: toolFiles,
    rules: {
      'no-restricted-syntax': 'off',
      'no-console': 'off',
      // In a test a wrong assumption fails the test, which is what it should do.
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/unbound-method': 'off',
      // A fake has the shape of the real thing, and nothing to wait for.
      '@typescript-eslint/require-await': 'off',
    },
  },
  { files: ['**/*.mjs', '**/*.js'], ...tseslint.configs.disableTypeChecked },
)
