import type pg from 'pg';
import { DataSource, type QueryRunner } from 'typeorm';
import { jurisdictionPattern, type Scope, SCOPE_PREDICATES, type ScopedTable } from './scope.js';

/** Settings of a process's connection pool. `role` is what the process must be connected as. */
export interface DatabaseOptions {
  url: string;
  applicationName: string;
  poolSize: number;
  statementTimeoutMs?: number;
}

/** Retryable outcomes of PostgreSQL: serialization failure and deadlock. Nothing was done; the whole use case may run again. */
const RETRYABLE = new Set(['40001', '40P01']);
const MAX_ATTEMPTS = 4;

const STATEMENT_TIMEOUT_MS = 15_000;
/** The server ends a statement that takes too long; a server that says nothing for so much longer is not there any more. */
const SILENCE_MS = 5_000;

/**
 * One transaction. There is no other way to the database. `visible(table)` is the repository layer's scope: a
 * sub-select of the rows that this transaction may see.
 */
export class Transaction {
  constructor(
    private readonly runner: QueryRunner,
    readonly scope: Scope | 'system',
    private readonly predicates: typeof SCOPE_PREDICATES,
  ) {}

  /** Runs one statement with positional parameters and returns its rows. */
  async query<Row extends object = Record<string, unknown>>(sql: string, parameters: unknown[] = []): Promise<Row[]> {
    const result = (await this.runner.query(sql, parameters, true)) as { records: Row[] };
    return result.records;
  }

  /** The one row of a statement, or undefined. */
  async one<Row extends object = Record<string, unknown>>(
    sql: string,
    parameters: unknown[] = [],
  ): Promise<Row | undefined> {
    return (await this.query<Row>(sql, parameters))[0];
  }

  /** The database's time, the only one that judges a deadline (design, invariant 2). */
  async now(): Promise<Date> {
    const row = await this.one<{ now: Date }>('SELECT huiying_now() AS now');
    return row!.now;
  }

  /**
   * The rows of a table that this transaction's scope allows, as a sub-select to stand in FROM. Its parameters are
   * appended to `parameters`, so call it before the statement's own parameters are numbered by `length`.
   */
  visible(table: ScopedTable, parameters: unknown[]): string {
    if (this.scope === 'system') return table;
    const predicate = this.predicates[table](this.scope);
    const base = parameters.length;
    parameters.push(...predicate.values);
    const sql = predicate.sql.replace(/\$(\d+)/g, (_, n: string) => `$${Number(n) + base}`);
    return `(SELECT t.* FROM ${table} t WHERE ${sql})`;
  }
}

/** A process's pool, bound to one database role. */
export class Database {
  /** Replaced only by the proof that each predicate matters (test/integration/scope). */
  predicates = SCOPE_PREDICATES;

  private constructor(private readonly source: DataSource) {}

  static async connect(options: DatabaseOptions): Promise<Database> {
    const statementTimeoutMs = options.statementTimeoutMs ?? STATEMENT_TIMEOUT_MS;
    const source = new DataSource({
      type: 'postgres',
      url: options.url,
      applicationName: options.applicationName,
      poolSize: options.poolSize,
      entities: [],
      synchronize: false,
      extra: {
        // Compiling a statement takes seconds and pays for none that a page or a stage sends.
        options: '-c jit=off',
        statement_timeout: statementTimeoutMs,
        query_timeout: statementTimeoutMs + SILENCE_MS,
        idle_in_transaction_session_timeout: 30_000,
        lock_timeout: 10_000,
        connectionTimeoutMillis: 10_000,
        keepAlive: true,
      },
    });
    await initialise(source);
    return new Database(source);
  }

  /** Work of a signed-in person or machine: sees the scope and nothing else. Retried when PostgreSQL asks for it. */
  async inScope<T>(scope: Scope, work: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.transact(scope, work);
  }

  /** Work of the pipeline, under the worker or auditor role, whose policies are explicit in the database. */
  async asSystem<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.transact('system', work);
  }

  async close(): Promise<void> {
    if (this.source.isInitialized) await this.source.destroy();
  }

  private async transact<T>(scope: Scope | 'system', work: (tx: Transaction) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.transactOnce(scope, work);
      } catch (error) {
        if (attempt >= MAX_ATTEMPTS || !RETRYABLE.has(String((error as { code?: string }).code))) throw error;
      }
    }
  }

  private async transactOnce<T>(scope: Scope | 'system', work: (tx: Transaction) => Promise<T>): Promise<T> {
    const runner = this.source.createQueryRunner();
    try {
      await runner.connect();
      await runner.startTransaction();
      if (scope !== 'system') await this.applyScope(runner, scope);
      const result = await work(new Transaction(runner, scope, this.predicates));
      await runner.commitTransaction();
      return result;
    } catch (error) {
      if (isSilence(error)) await abandon(runner);
      else if (runner.isTransactionActive) await runner.rollbackTransaction().catch(() => undefined);
      throw error;
    } finally {
      await runner.release();
    }
  }

  private async applyScope(runner: QueryRunner, scope: Scope): Promise<void> {
    await runner.query(
      `SELECT set_config('huiying.purpose', $1, true), set_config('huiying.jurisdictions', $2, true), set_config('huiying.bodies', $3, true)`,
      [scope.purpose, scope.jurisdictions.map(jurisdictionPattern).join(','), scope.bodies.join(',')],
    );
  }
}

/** The words of `pg` for an answer that did not come within `query_timeout`. */
const isSilence = (error: unknown): boolean => error instanceof Error && error.message.includes('Query read timeout');

/** A connection that never answers again would wait in the pool for the next one to be stuck on it (fault F20): it is closed. */
async function abandon(runner: QueryRunner): Promise<void> {
  const connection = (await runner.connect()) as pg.Client;
  connection.end().catch(() => undefined);
}

const CONNECT_ATTEMPTS = 5;

/** A process that is busy with its own start may miss the answer to its first call; only a time-out is tried again. */
async function initialise(source: DataSource): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await source.initialize();
      return;
    } catch (error) {
      if (attempt >= CONNECT_ATTEMPTS || !/timeout/i.test((error as Error).message)) throw error;
    }
  }
}
