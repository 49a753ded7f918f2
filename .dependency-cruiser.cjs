// The import table of ARCHITECTURE.md, as errors.
const domains = ['chat', 'conversations', 'documents', 'library', 'retrieval', 'spend', 'providers', 'settings'];

/** Which core domains may import which; `create-core.ts` alone knows everybody. */
const mayImport = {
  spend: [],
  settings: [],
  library: [],
  providers: ['spend', 'settings'],
  documents: ['providers', 'spend'],
  retrieval: ['providers', 'spend', 'documents'],
  conversations: ['spend'],
  chat: ['conversations', 'retrieval', 'providers', 'spend', 'settings'],
};

module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'shared-is-pure',
      severity: 'error',
      from: { path: '^src/shared', pathNot: '\\.test\\.ts$' },
      to: { pathNot: ['^src/shared', '^node_modules/(zod|ignore)/'] },
    },
    {
      name: 'core-knows-no-host',
      severity: 'error',
      from: { path: '^src/main/core' },
      to: { path: ['^src/main/(hosts|[^/]+\\.ts$)', '^src/(renderer|preload)', '^electron$', '^node_modules/electron'] },
    },
    {
      name: 'hosts-compose-only',
      comment: 'A host builds ports and a transport; it does not reach into the core.',
      severity: 'error',
      from: { path: '^src/main/hosts', pathNot: '\\.test\\.ts$' },
      to: { path: '^src/main/core', pathNot: '^src/main/core/(create-core|ports)\\.ts$' },
    },
    {
      name: 'loopback-without-electron',
      severity: 'error',
      from: { path: '^src/main/(hosts/loopback|loopback\\.ts|ask\\.ts)' },
      to: { path: ['^src/main/hosts/electron', '^electron$', '^node_modules/electron/'] },
    },
    {
      name: 'electron-without-loopback',
      severity: 'error',
      from: { path: '^src/main/(hosts/electron|index\\.ts)' },
      to: { path: '^src/main/hosts/loopback' },
    },
    {
      name: 'renderer-knows-only-shared',
      severity: 'error',
      from: { path: '^src/renderer' },
      to: { path: ['^src/(main|preload)', '^node_modules/(better-sqlite3|electron|@langchain|ws)'] },
    },
    {
      name: 'renderer-without-node',
      severity: 'error',
      from: { path: '^src/renderer', pathNot: '\\.test\\.tsx?$' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'contract-is-types-in-renderer',
      comment: 'zod stays out of the page.',
      severity: 'error',
      from: { path: '^src/renderer' },
      to: { path: '^src/shared/contract', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'features-are-siblings',
      severity: 'error',
      from: { path: '^src/renderer/features/([^/]+)/' },
      to: { path: '^src/renderer/features/', pathNot: '^src/renderer/features/$1/' },
    },
    {
      name: 'community-loaders-from-one-file',
      severity: 'error',
      from: { pathNot: '^src/main/core/documents/parsing/load-document\\.ts$' },
      to: { path: '^node_modules/@langchain/community' },
    },
    {
      name: 'no-test-code-in-product',
      severity: 'error',
      from: { path: '^src', pathNot: ['\\.test\\.tsx?$', '/testing/'] },
      to: { path: ['^tests', '^e2e', '\\.test\\.tsx?$', '^src/.*/testing/'] },
    },
    // `hast` is types alone, from @types/hast.
    { name: 'no-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true, pathNot: '^hast$' } },
    {
      name: 'db-knows-no-domain',
      severity: 'error',
      from: { path: '^src/main/core/db', pathNot: '\\.test\\.ts$' },
      to: { path: `^src/main/core/(${domains.join('|')})` },
    },
    ...domains.map((domain) => ({
      name: `core-${domain}-imports`,
      severity: 'error',
      from: { path: `^src/main/core/${domain}/`, pathNot: '\\.test\\.ts$' },
      to: {
        path: `^src/main/core/(${domains.filter((other) => other !== domain && !mayImport[domain].includes(other)).join('|')})/`,
      },
    })),
  ],
  options: {
    parser: 'swc',
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(out|node_modules/(?!electron|zod|ignore|@langchain|better-sqlite3|ws))' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default'],
    },
  },
};
