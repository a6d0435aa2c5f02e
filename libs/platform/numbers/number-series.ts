import type { Transaction } from '../database/database.js';

/** The next human number of a series, such as `云舆〔2026〕` → `云舆〔2026〕17号`; gap-free within committed transactions. */
export async function nextNumber(tx: Transaction, series: string): Promise<string> {
  const row = await tx.one<{ last_number: string }>(
    `INSERT INTO number_series (series, last_number) VALUES ($1, 1) ON CONFLICT (series) DO UPDATE SET last_number = number_series.last_number + 1 RETURNING last_number`,
    [series],
  );
  return `${series}${row!.last_number}号`;
}
