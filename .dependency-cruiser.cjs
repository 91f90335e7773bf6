/**
 * The import table of docs/architecture.md. Each rule says why it is there; a change that needs another
 * import changes the design first.
 */
const only = (name, comment, from, allowed) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from },
  to: { pathNot: allowed },
})
const never = (name, comment, from, to, extra = {}) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from, ...extra },
  to,
})
/** In one folder only: `where` may import `what`, nobody else of the product. */
const oneHome = (what, where, comment) => ({
  name: `one-home-${what.replace(/[^a-z0-9]+/gi, '-')}`,
  comment,
  severity: 'error',
  from: { path: '^(src|server)/', pathNot: where },
  to: { path: `(^|/)node_modules/(${what})(/|$)|^(${what})$` },
})

module.exports = {
  forbidden: [
    { name: 'no-cycles', comment: 'Data walks one way.', severity: 'error', from: {}, to: { circular: true } },
    { name: 'resolvable', comment: 'An import that does not resolve is a bug.', severity: 'error', from: {}, to: { couldNotResolve: true } },
    never('no-test-code', 'The product never leans on its tests.', '^(src|server)/', { path: '^(test|e2e|bench)/' }),

    only('domain-is-pure', 'Domain rules run everywhere: no zod, no contract, no ipc.', '^src/shared/domain/', '^src/shared/domain/'),
    only('contract-on-domain', 'The contract is domain plus zod.', '^src/shared/contract/', '^src/shared/(contract|domain)/|node_modules/zod'),
    only('ipc-on-contract', 'The IPC table reuses the contract’s views.', '^src/shared/ipc/', '^src/shared/|node_modules/zod'),

    only('preload-is-thin', 'A sandboxed preload carries names and types only.', '^src/preload/', '^src/(preload|shared/ipc)/|^electron$|node_modules/electron/'),
    never('preload-without-zod', 'Main parses; zod in the preload would only slow each window.', '^src/preload/', {
      path: '^src/shared/(ipc/(channels|snapshot|problems|source-check)|contract|domain)',
      dependencyTypesNot: ['type-only'],
    }),

    never('renderer-is-a-page', 'The window mirrors main; it has no electron, no node, no server.', '^src/renderer/', {
      path: '^(src/(main|preload)|server)/|^electron$|node_modules/(electron|keytar|got|@aws-sdk)/',
    }),
    never('renderer-without-zod', 'Main parses; the window takes the types, and would only open later with the schemas.', '^src/renderer/', {
      path: '^src/shared/(contract|ipc/(channels|snapshot|problems|source-check|preferences)\\.)|node_modules/zod',
      dependencyTypesNot: ['type-only'],
    }),
    never('renderer-without-node', 'The window is sandboxed.', '^src/renderer/', { dependencyTypes: ['core'] }),
    never('main-alone', 'Main knows neither the window’s code nor the server’s.', '^src/main/', { path: '^(src/(renderer|preload)|server)/' }),
    oneHome('keytar', '^src/main/secrets/', 'One importer of the keychain, so that failing closed is decided once.'),
    oneHome('@aws-sdk', '^(src/main/source|server/worker)/', 'Requests to a store are made by the preflight and the worker.'),
    oneHome('electron-updater', '^src/main/updates/', 'What replaces the app is decided in one place.'),
    oneHome('electron-store', '^src/main/settings/', 'What is written to disk goes through the settings’ schema.'),

    never('server-apart', 'The hosted side shares contract and domain with the app, nothing else.', '^server/', {
      path: '^src/(main|preload|renderer|shared/ipc)/|^electron$|node_modules/electron/',
    }),
    never('api-without-worker', 'Two programs; restarting one never touches the other.', '^server/api/', { path: '^server/worker/' }),
    never('worker-without-api', 'Two programs; restarting one never touches the other.', '^server/worker/', { path: '^server/api/' }),
    {
      name: 'child-process-in-rclone',
      comment: 'One place starts processes, with an environment of its own.',
      severity: 'error',
      from: { path: '^(src|server)/', pathNot: '^server/worker/rclone/' },
      to: { path: '^(node:)?child_process$' },
    },
    oneHome('pg', '^server/(db|stores)/', 'SQL lives in stores and db.'),
    never('stores-cannot-name-a-secret', 'What cannot name a secret cannot persist it.', '^server/(stores|logger)', {
      path: '^src/shared/(domain/secret|contract/sealed-secret)|^server/(worker|api)/',
    }),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(out|dist|\\.cache)/' },
    tsPreCompilationDeps: 'specify',
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'], extensions: ['.ts', '.tsx', '.mjs', '.js', '.cjs'] },
  },
}
