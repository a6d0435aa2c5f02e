/** Writes `.env` for docker compose with passwords made here. A file that exists is left alone: the database knows its passwords. */
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const file = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../.env');
const names = ['ADMIN', 'OWNER', 'APP', 'WORKER', 'AUDITOR', 'REDIS'];
// Hexadecimal, because the passwords stand in URLs.
const lines = names.map((name) => `HUIYING_${name}_PASSWORD=${randomBytes(24).toString('hex')}`);
lines.push(`HUIYING_PERSONAL_KEY=${randomBytes(32).toString('base64')}`);
try {
  writeFileSync(file, `${lines.join('\n')}\n`, { mode: 0o600, flag: 'wx' });
  console.log(`${file} written; keep it with your backups`);
} catch (error) {
  if (error.code !== 'EEXIST') throw error;
  console.error(`${file} exists already and was left as it is`);
  process.exitCode = 1;
}
