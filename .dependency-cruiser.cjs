/** Who may import whom. The order of the line stands once, here. */
const STAGES = ['ingest', 'triage', 'assignment', 'response', 'clocks', 'escalation', 'notification', 'reporting'];
const BELOW = ['kernel', 'platform'];

/** A stage sees nothing of those to its right. */
const direction = STAGES.slice(0, -1).map((stage, position) => ({
  name: `${stage}-looks-left-only`,
  comment: `Data flow left to right, so imports flow right to left: ${stage} may not know what comes after it.`,
  severity: 'error',
  from: { path: `^libs/${stage}/` },
  to: { path: `^libs/(${STAGES.slice(position + 1).join('|')})/` },
}));

module.exports = {
  forbidden: [
    ...direction,
    {
      name: 'only-contracts-between-stages',
      comment: 'Another stage may use contract.ts, and nothing else of a stage.',
      severity: 'error',
      from: { path: `^libs/(${STAGES.join('|')})/`, pathNot: '\\.module\\.ts$' },
      to: { path: `^libs/(${STAGES.join('|')})/`, pathNot: ['^libs/$1/', '^libs/[^/]+/contract\\.ts$'] },
    },
    {
      name: 'wiring-sees-contracts-and-wiring',
      comment:
        'The module of a stage may name the modules of those to its left: that is how Nest hands over what a contract promises.',
      severity: 'error',
      from: { path: `^libs/(${STAGES.join('|')})/.+\\.module\\.ts$` },
      to: {
        path: `^libs/(${STAGES.join('|')})/`,
        pathNot: ['^libs/$1/', '^libs/[^/]+/(contract|[^/]+\\.module)\\.ts$'],
      },
    },
    {
      name: 'nothing-below-the-line-looks-up',
      comment: 'kernel and platform know no stage, no directory, no accounts.',
      severity: 'error',
      from: { path: `^libs/(${BELOW.join('|')})/` },
      to: { path: '^(libs|apps)/', pathNot: `^libs/(${BELOW.join('|')})/` },
    },
    {
      name: 'beside-the-line-knows-no-stage',
      comment: 'directory and accounts stand beside the line; stages use them, not the other way round.',
      severity: 'error',
      from: { path: '^libs/(directory|accounts)/' },
      to: { path: `^libs/(${STAGES.join('|')})/` },
    },
    {
      name: 'kernel-imports-only-packages',
      severity: 'error',
      from: { path: '^libs/kernel/', pathNot: '\\.spec\\.ts$' },
      to: { path: '^(libs|apps|migrations|tools|test)/', pathNot: '^libs/kernel/' },
    },
    {
      name: 'libraries-know-no-app',
      severity: 'error',
      from: { path: '^libs/', pathNot: '\\.spec\\.ts$' },
      to: { path: '^(apps|migrations|tools|test|bench)/' },
    },
    {
      name: 'rules-use-no-framework',
      comment: 'Rules are pure functions: no framework, no I/O.',
      severity: 'error',
      from: { path: '^libs/[^/]+/rules/', pathNot: '\\.spec\\.ts$' },
      to: {
        path: 'node_modules/(@nestjs|typeorm|pg|pg-copy-streams|bullmq|ioredis|undici|express|socket\\.io|pino|rxjs|reflect-metadata)(/|$)',
      },
    },
    {
      name: 'rules-do-no-io',
      severity: 'error',
      from: { path: '^libs/[^/]+/rules/', pathNot: '\\.spec\\.ts$' },
      to: { dependencyTypes: ['core'], pathNot: '^(node:)?(crypto|util|assert|buffer|string_decoder)$' },
    },
    {
      name: 'rules-see-facts-only',
      comment: 'Rules may use the kernel, contracts and other rules; no service, store, view or platform.',
      severity: 'error',
      from: { path: '^libs/([^/]+)/rules/', pathNot: '\\.spec\\.ts$' },
      to: {
        path: ['^libs/platform/', '^libs/.+\\.(service|store|views|module)\\.ts$'],
        // Pure itself: the shape of a scope and the pattern of a jurisdiction.
        pathNot: '^libs/platform/database/scope\\.ts$',
        // The shape of a row is a fact.
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'apps-stand-alone',
      comment: 'A process uses libraries, never the inside of another process.',
      severity: 'error',
      from: { path: '^apps/([^/]+)/' },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'web-knows-the-interface-only',
      comment: 'The client talks HTTP; it imports nothing of the server.',
      severity: 'error',
      from: { path: '^apps/web/' },
      to: { path: '^(libs|migrations|tools|apps/(?!web/))' },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      // Types that name each other are gone when the program runs.
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-development-package-in-the-product',
      severity: 'error',
      from: { path: '^(libs|apps|migrations)/', pathNot: ['^apps/web/', '\\.spec\\.ts$', '^apps/.+\\.config\\.ts$'] },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|\\.data)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['types', 'import', 'node', 'default'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.json'],
    },
  },
};
