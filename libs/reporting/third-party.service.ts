import { Injectable } from '@nestjs/common';
import type { Caller } from '#accounts/contract.js';
import { reaches } from '#accounts/reach.js';
import { DomainError } from '#kernel/error.js';
import { newId } from '#kernel/ids.js';
import type { Transaction } from '#platform/database/database.js';
import { appendLedger } from '#platform/ledger/ledger.js';
import { REPORT_EVENTS } from './events.js';
import { decimalOf, percentOf } from './rules/decimal.js';
import { requireBegun } from './rules/period.js';
import { assessedPeriod } from './rules/third-party-period.js';
import { readThirdPartyRows, type TableLine, type ThirdPartyFault } from './rules/third-party-rows.js';
import { insertValues, listValues, namedBodies, replaceValues, standingImport, type StoredValue } from './third-party.store.js'; // prettier-ignore
import type { ReportDocument } from './tables/report-table.js';
import { thirdPartyTables } from './tables/third-party-tables.js';

/** What became of a file. Nothing of it is taken while it has a fault. */
export interface ThirdPartyOutcome {
  applied: boolean;
  importId: string | null;
  values: number;
  /** Values of the same evaluator and period that this file takes the place of. */
  replaced: number;
  /** How many faults there are; the first of them are given. */
  faultCount: number;
  faults: ThirdPartyFault[];
}

/** A value with the share that its counts give, in percent with two places. */
export type AssessedValue = StoredValue & { result: string };

const resultOf = ({ numerator, denominator }: StoredValue): string =>
  percentOf(decimalOf(numerator)!, decimalOf(denominator)!);

const MAX_FAULTS = 200;
export const MAX_THIRD_PARTY_VALUES = 5_000;

/** Evaluations by third parties (第三方评估, NT19 Art.42): taken in with their raw counts, whole or not at all. */
@Injectable()
export class ThirdPartyService {
  /** Reads a table; writes it when `apply` is set and nothing is wrong with it. 409 EVALUATION_KNOWN for the file that stands already. */
  async import(
    tx: Transaction,
    file: { lines: Iterable<TableLine>; sha256: string; evaluator: string; period: string; apply: boolean },
    caller: Caller,
  ): Promise<ThirdPartyOutcome> {
    const { evaluator, period, sha256 } = file;
    // Of two files at once for one period the second takes the place of the first, whole.
    await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`third party ${evaluator} ${period}`]);
    const at = await tx.now();
    requireBegun(assessedPeriod(period), at.getTime());
    const known = await standingImport(tx, { evaluator, period, sha256 });
    if (known !== undefined)
      throw new DomainError('EVALUATION_KNOWN', 409, 'this very file was imported for this period', {
        importId: known,
      });
    const reach = (jurisdiction: string) => reaches(caller.scope, jurisdiction);
    const { values, faults } = readThirdPartyRows(file.lines, await namedBodies(tx), reach);
    const told = { values: values.length, faultCount: faults.length, faults: faults.slice(0, MAX_FAULTS) };
    if (faults.length > 0 || values.length === 0 || !file.apply)
      return { applied: false, importId: null, replaced: 0, ...told };
    const importId = newId();
    const replaced = await replaceValues(tx, { evaluator, period, importId });
    await insertValues(tx, { importId, evaluator, period, sha256, at, by: caller.actor }, values);
    await appendLedger(tx, [
      {
        type: REPORT_EVENTS.evaluationImported,
        at,
        actor: caller.actor,
        subjectId: importId,
        payload: { evaluator, period, sha256, values: values.length, replaced },
      },
    ]);
    return { applied: true, importId, replaced, ...told };
  }

  async list(tx: Transaction, period: string | undefined): Promise<AssessedValue[]> {
    const stored = await listValues(tx, period, MAX_THIRD_PARTY_VALUES);
    return stored.map((value) => ({ ...value, result: resultOf(value) }));
  }

  /** The values that stand, as a report. */
  async document(tx: Transaction, period: string | undefined, asOf: Date): Promise<ReportDocument> {
    return {
      key: 'thirdParty',
      title: '第三方评估',
      period: period === undefined ? null : assessedPeriod(period),
      asOf,
      notes: [
        '依第三方评估机构报送的表格登记，分子、分母为其原始数；同一机构同一期的新表取代旧表',
        `百分比由分子、分母计算，保留两位小数，四舍五入；至多 ${MAX_THIRD_PARTY_VALUES} 行`,
      ],
      rules: [],
      tables: thirdPartyTables(await this.list(tx, period)),
    };
  }
}
