/**
 * Makes an account from the command line, as the first administrator of an installation is made:
 *
 *     npm run account -- create --username li.wen --name 李文 --preset administrator --jurisdiction 990100
 *     npm run account -- create --username env.wang --name 王芳 --preset spokesperson --body 990121-ENV < password.txt
 *
 * The password is read from standard input; at a terminal one is made and printed once. Connects to DATABASE_URL,
 * else to the private database of a running installation.
 */
import { userInfo } from 'node:os';
import { parseArgs } from 'node:util';
import { AccountsService, type Administrator } from '#accounts/accounts.service.js';
import { loadDuties, type Preset, PRESETS } from '#accounts/duties.js';
import { Passwords } from '#accounts/password.js';
import { newSecret } from '#accounts/secrets.js';
import { loadSignInPolicy } from '#accounts/sign-in-policy.js';
import { ConfigError, DomainError } from '#kernel/error.js';
import { readEnvironment } from '#platform/config/environment.js';
import { Database } from '#platform/database/database.js';
import { runningPrivateDatabase } from '#platform/private-postgres/running-database.js';
import { DATABASE_ROLES } from '../migrations/security.js';

const USAGE = `usage: npm run account -- create --username <name> --name <display name> --preset <${PRESETS.join(' | ')}> [--body <id>] [--jurisdiction <code>]`;
const MAX_PASSWORD_BYTES = 4_096;

class UsageError extends Error {}

async function main(): Promise<void> {
  const { positionals, values } = readArguments();
  const { username, name, preset, body, jurisdiction } = values;
  if (positionals[0] !== 'create' || username === undefined || name === undefined || preset === undefined)
    throw new UsageError(USAGE);
  if (!PRESETS.includes(preset as Preset)) throw new UsageError(`--preset is one of ${PRESETS.join(', ')}`);
  if (body === undefined && jurisdiction === undefined)
    throw new UsageError('say with --body or --jurisdiction where the duties are held');
  const environment = readEnvironment(process.env);
  const url =
    environment.databaseUrl ?? runningPrivateDatabase(environment.dataDir, { key: 'app', name: DATABASE_ROLES.app });
  const given = await passwordFromInput();
  const password = given ?? newSecret().slice(0, 24);
  const accounts = new AccountsService(
    loadDuties(environment.configDir),
    await Passwords.create(loadSignInPolicy(environment.configDir).password),
  );
  // Whoever has the credentials of the database administers the whole installation; the ledger names the login of the machine.
  const by: Administrator = {
    actor: { kind: 'system', id: 'tools/account', name: `${userInfo().username} (command line)` },
    scope: { purpose: 'administration', jurisdictions: [''], bodies: [] },
  };
  const database = await Database.connect({
    url,
    applicationName: 'huiying-account',
    poolSize: 1,
  });
  try {
    await database.inScope(by.scope, async (tx) => {
      const id = await accounts.create(tx, { username, displayName: name, password }, by);
      await accounts.grantPreset(tx, id, preset as Preset, {
        by,
        ...(body === undefined ? {} : { bodyId: body }),
        ...(jurisdiction === undefined ? {} : { jurisdiction }),
      });
    });
  } finally {
    await database.close();
  }
  console.log(`account ${username} made with the duties of ${preset}`);
  if (given === undefined) console.log(`password: ${password}`);
}

function readArguments() {
  const text = { type: 'string' } as const;
  try {
    return parseArgs({
      allowPositionals: true,
      options: { username: text, name: text, preset: text, body: text, jurisdiction: text },
    });
  } catch (error) {
    throw new UsageError(`${(error as Error).message}\n${USAGE}`);
  }
}

/** The first line of standard input, or undefined at a terminal and when nothing is sent. */
async function passwordFromInput(): Promise<string | undefined> {
  if (process.stdin.isTTY) return undefined;
  let text = '';
  for await (const chunk of process.stdin.setEncoding('utf8') as AsyncIterable<string>) {
    text += chunk;
    if (text.length > MAX_PASSWORD_BYTES) throw new UsageError('the password on standard input is too long');
  }
  return text.split(/\r?\n/)[0] || undefined;
}

main().catch((error: unknown) => {
  const told = error instanceof UsageError || error instanceof ConfigError || error instanceof DomainError;
  console.error(told ? (error as Error).message : error);
  process.exitCode = error instanceof UsageError ? 2 : 1;
});
