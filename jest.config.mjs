/** Jest in native ESM mode; see docs/adr/0001-module-format-and-test-mode.md. Sources are transformed one by one, never read from dist. */
const swc = {
  jsc: {
    target: 'es2022',
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
    keepClassNames: true,
  },
  module: { type: 'es6' },
  sourceMaps: 'inline',
};

export default {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '^.+\\.ts$': ['@swc/jest', swc] },
  moduleNameMapper: { '^#(.*)\\.js$': '<rootDir>/libs/$1.ts', '^(\\.{1,2}/.*)\\.js$': '$1' },
  modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/.data'],
  testMatch: ['<rootDir>/(libs|apps|test|tools|migrations)/**/*.spec.ts'],
  watchman: false,
  // No test is about its own speed; the limit only ends one that hangs, also on a busy machine.
  testTimeout: 120_000,
};
