import { type ConnectionOptions, createPostgresBackend, runMigrations, setDefaultBackendFactory } from 'bullmq';
import { Redis } from 'ioredis';
import pg from 'pg';
import { ConfigError } from '#kernel/error.js';
import { withClient, type RoleNames } from '../database/set-up.js';

/** The schema in which BullMQ keeps its tables on PostgreSQL, apart from ours, with grants of its own. */
export const QUEUE_SCHEMA = 'bullmq';

/** What queues and workers connect to. The two back ends run the same code and the same test suite (design, section 4). */
export interface QueueConnection {
  kind: 'redis' | 'postgres';
  connection: ConnectionOptions;
  close(): Promise<void>;
}

/** To be called before each `new Queue` and `new Worker`: they take what is the default of the process at that moment. */
export function chooseBackend({ kind }: QueueConnection): void {
  type Factory = Parameters<typeof setDefaultBackendFactory>[0];
  setDefaultBackendFactory(kind === 'postgres' ? (createPostgresBackend as unknown as Factory) : undefined);
}

/** Makes or updates BullMQ's tables as the owner, and grants the app and the worker what jobs need. */
export async function migrateQueue(
  ownerUrl: string,
  roles: Pick<RoleNames, 'app' | 'worker' | 'auditor'>,
): Promise<void> {
  await withClient(ownerUrl, 'DATABASE_OWNER_URL', async (client) => {
    await runMigrations(client, QUEUE_SCHEMA);
    const users = `${roles.app}, ${roles.worker}`;
    await client.query(`GRANT USAGE ON SCHEMA ${QUEUE_SCHEMA} TO ${users}, ${roles.auditor}`);
    await client.query(`GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${QUEUE_SCHEMA} TO ${users}`);
    await client.query(`GRANT USAGE, SELECT, UPDATE ON ALL SEQUENCES IN SCHEMA ${QUEUE_SCHEMA} TO ${users}`);
    await client.query(`GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA ${QUEUE_SCHEMA} TO ${users}`);
    await client.query(`GRANT SELECT ON ALL TABLES IN SCHEMA ${QUEUE_SCHEMA} TO ${roles.auditor}`);
  });
}

/** Redis when its URL is set (unreachable: fails loudly), else the process's own database role on PostgreSQL. */
export async function connectQueue(redisUrl: string | undefined, databaseUrl: string): Promise<QueueConnection> {
  return redisUrl === undefined ? connectPostgres(databaseUrl) : connectRedis(redisUrl);
}

function connectPostgres(databaseUrl: string): QueueConnection {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max: 6,
    keepAlive: true,
    application_name: 'huiying-queue',
    options: `-c search_path=${QUEUE_SCHEMA}`,
  });
  // A connection that dies, idle or in use, is replaced by the pool; without a listener it would end the process (fault F17).
  pool.on('error', () => undefined);
  pool.on('connect', (client) => void client.on('error', () => undefined));
  return { kind: 'postgres', connection: pool as unknown as ConnectionOptions, close: () => pool.end() };
}

async function connectRedis(redisUrl: string): Promise<QueueConnection> {
  const redis = new Redis(redisUrl, {
    maxRetriesPerRequest: null,
    lazyConnect: true,
    connectTimeout: 5_000,
    retryStrategy: (times) => (times > 3 ? null : 200),
  });
  redis.on('error', () => undefined);
  try {
    await redis.connect();
    const policy = (await redis.config('GET', 'maxmemory-policy').catch(() => [])) as string[];
    if (policy[1] !== undefined && policy[1] !== 'noeviction')
      throw new ConfigError(
        'REDIS_URL',
        `maxmemory-policy is ${policy[1]}; only noeviction keeps jobs (set it in redis.conf)`,
      );
  } catch (error) {
    redis.disconnect();
    throw error instanceof ConfigError
      ? error
      : new ConfigError('REDIS_URL', `can't connect: ${(error as Error).message}`);
  }
  redis.options.retryStrategy = (times) => Math.min(times * 200, 2_000);
  return {
    kind: 'redis',
    connection: redis as unknown as ConnectionOptions,
    close: async () => {
      redis.disconnect();
    },
  };
}
