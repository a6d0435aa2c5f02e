import { setImmediate as yieldToEvents } from 'node:timers/promises';
import type { ItemAnalysis, ItemAnalyst, TriageItem } from './analysis.js';

/** Items between which the event loop is let through: the answers of the database must not wait for a whole batch. */
const BETWEEN_YIELDS = 20;
/** Bound of what is kept; items that another process took stay behind otherwise. */
const MAX_KEPT = 4_000;

export interface PreparedItem {
  item: TriageItem;
  analysis: ItemAnalysis;
}

/**
 * The part of triage that needs no database. It is done for the next batch while the database writes the present one. An
 * item's text never changes under its id (an edit is a new revision), so what was said of it stays true.
 */
export class Preparation {
  private readonly kept = new Map<string, PreparedItem>();

  constructor(private readonly analyst: ItemAnalyst) {}

  /** Takes what was prepared; the items that were not are read by `read` and judged now. In the order of the ids. */
  async take(ids: readonly string[], read: (missing: string[]) => Promise<TriageItem[]>): Promise<PreparedItem[]> {
    const missing = await read(ids.filter((id) => !this.kept.has(id)));
    for (const item of missing) this.kept.set(item.id, this.prepare(item));
    return ids.map((id) => {
      const prepared = this.kept.get(id)!;
      this.kept.delete(id);
      return prepared;
    });
  }

  /** Prepares items beforehand. Never fails: an item that can't be judged fails when it is taken. */
  async ahead(items: readonly TriageItem[]): Promise<void> {
    if (this.kept.size > MAX_KEPT) this.kept.clear();
    for (const [index, item] of items.entries()) {
      if (index % BETWEEN_YIELDS === 0) await yieldToEvents();
      if (this.kept.has(item.id)) continue;
      try {
        this.kept.set(item.id, this.prepare(item));
      } catch {
        return;
      }
    }
  }

  /** Forgets what was said, because other rules or another model say it now. */
  forget(): void {
    this.kept.clear();
  }

  private prepare(item: TriageItem): PreparedItem {
    return { item, analysis: this.analyst.analyse(item) };
  }
}
