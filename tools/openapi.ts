/** Writes the description of the interface to `docs/openapi.json`; with `--check` says whether the file is fresh (exit code 1 when not). */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { CONTROLLERS } from '../apps/api/api.module.js';
import { buildOpenApi } from '../apps/api/http/openapi.js';

const FILE = 'docs/openapi.json';
const text = `${JSON.stringify(buildOpenApi(CONTROLLERS), null, 2)}\n`;
if (process.argv.includes('--check')) {
  const fresh = existsSync(FILE) && readFileSync(FILE, 'utf8') === text;
  if (!fresh) console.error(`${FILE} is stale: run node tools/run.mjs tools/openapi`);
  process.exitCode = fresh ? 0 : 1;
} else {
  writeFileSync(FILE, text);
  console.log(`${FILE}: ${Object.keys(JSON.parse(text).paths as object).length} addresses`);
}
