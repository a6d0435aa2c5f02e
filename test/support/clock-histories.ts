import path from 'node:path';
import type {
  ClockComputation,
  Evidence,
  GradeBasis,
  HistoryEntry,
  IncidentGrade,
  IncidentHistory,
  Stamp,
} from '#clocks/contract.js';
import type { PolicyPack } from '#clocks/policy/contract.js';
import { loadPack } from '#clocks/policy/load-pack.js';
import { computeClocks } from '#clocks/rules/compute-clocks.js';
import { loadCalendar } from '#directory/calendar.js';
import { officeIso } from '#kernel/time.js';

export const CONFIG_DIR = path.resolve('config');
export const calendar = loadCalendar(CONFIG_DIR);

/** An instant from `2026-11-20 14:05[:30]`, read as +08:00. */
export const at = (text: string): number => Date.parse(`${text.replace(' ', 'T')}+08:00`);

type Body<Entry> = Entry extends HistoryEntry ? Omit<Entry, 'at' | 'entryId' | 'by'> : never;
let entries = 0;
export const entry = (when: string, body: Body<HistoryEntry>): HistoryEntry =>
  ({ at: at(when), entryId: `e${(entries += 1)}`, by: 'analyst', ...body }) as HistoryEntry;

export const graded = (when: string, grade: IncidentGrade, basis: GradeBasis = 'confirmed') =>
  entry(when, { type: 'graded', grade, basis });
export const filed = (when: string, kind: string, evidence: Partial<Evidence> & { assignmentId?: string } = {}) => {
  const { assignmentId, ...rest } = evidence;
  return entry(when, {
    type: 'evidenceFiled',
    evidence: { evidenceId: `${kind}@${when}`, kind, effectiveAt: null, ...rest },
    ...(assignmentId === undefined ? {} : { assignmentId }),
  });
};
export const released = (when: string, evidence: Partial<Evidence> = {}) => filed(when, 'webRelease', evidence);
export const dispatched = (when: string, body = 'EMER', assignmentId = body) =>
  entry(when, { type: 'dispatched', assignmentId, body, role: 'lead' });
export const heat = (when: string, level: 'I' | 'II' | 'III' | 'IV') => entry(when, { type: 'heatSet', heat: level });

const stamp = (text: string | undefined): Stamp | null =>
  text === undefined ? null : { at: at(text), source: 'test' };

export interface StampTexts {
  occurred?: string;
  firstPublic?: string;
  detected?: string;
}

export const incident = (stamps: StampTexts, timeline: HistoryEntry[], incidentId = 'incident'): IncidentHistory => ({
  incidentId,
  stamps: {
    eventOccurredAt: stamp(stamps.occurred),
    firstPublicAt: stamp(stamps.firstPublic),
    detectedAt: stamp(stamps.detected),
  },
  entries: [...timeline].sort((a, b) => a.at - b.at),
});

const packs = new Map<string, PolicyPack>();
export function pack(id = 'nantong'): PolicyPack {
  const known = packs.get(id) ?? loadPack(CONFIG_DIR, id);
  packs.set(id, known);
  return known;
}

export const clocksAt = (
  now: string,
  history: IncidentHistory,
  packId = 'nantong',
  options: { fastFrom?: IncidentGrade } = {},
): ClockComputation => computeClocks({ pack: pack(packId), calendar, history, now: at(now), options });

const short = (instant: number | null): string =>
  instant === null ? '–' : officeIso(new Date(instant)).slice(5, 19).replace('T', ' ').replace(/:00$/, '');

/** The last generation of each clock as `due state [instant of the state]`; the releases that follow the first are left out. */
export function lines(computation: ClockComputation, ring?: 'public' | 'inner'): Record<string, string> {
  const shown = computation.clocks.filter(
    (clock) => (ring === undefined || clock.ring === ring) && clock.act !== 'continuingRelease',
  );
  return Object.fromEntries(
    shown.map((clock) => [
      clock.id,
      [short(clock.dueAt), clock.state, ...(clock.stateAt === null ? [] : [short(clock.stateAt)])].join(' '),
    ]),
  );
}
export const publicLines = (computation: ClockComputation) => lines(computation, 'public');
export const innerLines = (computation: ClockComputation) => lines(computation, 'inner');
