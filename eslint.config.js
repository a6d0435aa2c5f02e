/** Style that a machine can judge. Layout is prettier's; who may import whom is dependency-cruiser's. */
import tseslint from 'typescript-eslint';

const NO_DEFAULT_EXPORT = {
  selector: 'ExportDefaultDeclaration',
  message: 'Name what you export: one word for one idea, the same one at both ends.',
};
/** Rules are pure functions of facts, policy and `now`. */
const PURE = [
  {
    selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']",
    message: 'Take `now` as an argument.',
  },
  { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: 'Take `now` as an argument.' },
  { selector: "CallExpression[callee.name='Date'][arguments.length=0]", message: 'Take `now` as an argument.' },
  {
    selector: "MemberExpression[object.name='Math'][property.name='random']",
    message: 'Rules know no randomness; take it as an argument.',
  },
  { selector: "MemberExpression[object.name='performance']", message: 'Rules know no clock.' },
  { selector: "Identifier[name='process']", message: 'Rules know no process; take the value as an argument.' },
];

export default tseslint.config(
  { ignores: ['dist', '.data', 'node_modules', 'coverage', 'apps/web/dist', 'apps/web/api/schema.d.ts'] },
  {
    files: ['**/*.{ts,tsx,mjs,js}'],
    plugins: { '@typescript-eslint': tseslint.plugin },
    languageOptions: {
      parser: tseslint.parser,
      parserOptions: { ecmaVersion: 2023, sourceType: 'module', ecmaFeatures: { jsx: true } },
    },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-constant-binary-expression': 'error',
      // Control characters are what several readers look for and take out.
      'no-control-regex': 'off',
      'no-debugger': 'error',
      'no-dupe-keys': 'error',
      'no-duplicate-case': 'error',
      'no-fallthrough': 'error',
      'no-self-compare': 'error',
      'no-unreachable': 'error',
      'no-unsafe-finally': 'error',
      'no-var': 'error',
      'prefer-const': 'error',
      'max-params': 'off',
      'no-restricted-syntax': ['error', NO_DEFAULT_EXPORT],
      '@typescript-eslint/max-params': ['error', { max: 4 }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-asserted-optional-chain': 'error',
      '@typescript-eslint/no-require-imports': 'error',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      '@typescript-eslint/ban-ts-comment': 'error',
    },
  },
  {
    // Injected services are constructor parameters; their number is not the reader's burden.
    files: ['**/*.{service,controller,module,gateway,guard}.ts', 'apps/**/*.ts', 'libs/kernel/error.ts'],
    rules: { '@typescript-eslint/max-params': 'off' },
  },
  {
    files: ['libs/**/*.ts'],
    ignores: ['**/*.spec.ts'],
    rules: { 'no-console': 'error', 'max-lines': ['error', { max: 300 }] },
  },
  {
    files: ['libs/*/rules/**/*.ts', 'libs/kernel/**/*.ts'],
    ignores: ['**/*.spec.ts'],
    rules: { 'no-restricted-syntax': ['error', NO_DEFAULT_EXPORT, ...PURE] },
  },
  {
    // The one place where the time of the machine enters, and the source of identifiers.
    files: ['libs/kernel/clock.ts', 'libs/kernel/ids.ts'],
    rules: { 'no-restricted-syntax': ['error', NO_DEFAULT_EXPORT] },
  },
  {
    // A promise that nobody waits for is an error that nobody sees. This needs types, so it is kept to one rule of each kind.
    files: ['{apps,libs,migrations}/**/*.ts'],
    ignores: ['apps/web/**', '**/*.spec.ts'],
    languageOptions: { parserOptions: { project: './tsconfig.json', tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': [
        'error',
        { checksVoidReturn: { arguments: false, attributes: false } },
      ],
    },
  },
  {
    // Tools and their configuration export what their program asks for.
    files: ['*.config.{js,mjs,ts}', '**/vite.config.ts', '.dependency-cruiser.cjs'],
    rules: { 'no-restricted-syntax': 'off' },
  },
);
