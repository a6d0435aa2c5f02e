import { parseOfficeInstant } from '#kernel/office-time.js';
import type {
  Evidence,
  GradeBasis,
  HistoryEntry,
  IncidentGrade,
  IncidentHistory,
  Stamp,
  StampName,
} from '#clocks/contract.js';
import { actOf, type ClockRow, type RowEntry, type RowStamps } from './row.js';

interface Case {
  incidentId: string;
  stamps: IncidentHistory['stamps'];
  entries: HistoryEntry[];
}

/** The histories of a row's cases by name, the case that figures are asked of, and entry types that no rule knows. */
export interface RowHistories {
  cases: Map<string, IncidentHistory>;
  main: string;
  unknownTypes: string[];
}

type Draft = HistoryEntry extends infer Entry
  ? Entry extends HistoryEntry
    ? Omit<Entry, 'at' | 'entryId' | 'by'>
    : never
  : never;

const MAIN = 'main';
/** The body of an order that only a stamp tells of. */
const UNNAMED = 'unnamed';
const GROUNDS: Record<string, string> = {
  citizen_supplement: 'citizenSupplement',
  court_procedure: 'courtProcedure',
  force_majeure: 'forceMajeure',
};
/** Entries that stop nothing and change nothing, by the file's own description. */
const IDLE = new Set(['auto_read_receipt', 'phone_report_without_note', 'verification_note']);

const instant = (value: unknown): number => Date.parse(String(value));
const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);
const camel = (word: string) => word.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
const stamp = (value: string | null): Stamp | null => (value === null ? null : { at: instant(value), source: 'file' });

export function historiesOf(row: ClockRow): RowHistories {
  const cases = new Map<string, Case>();
  const unknownTypes: string[] = [];
  const timeline = row.timeline ?? [];
  const merge = timeline.find((entry) => entry.type === 'merge');
  const main =
    merge !== undefined
      ? String(merge.into)
      : (Object.keys(row.cases ?? {})[0] ?? timeline.find((entry) => entry.case !== undefined)?.case ?? MAIN);
  const open = (name: string, stamps: RowStamps | null): Case => {
    const made: Case = {
      incidentId: name,
      stamps: {
        eventOccurredAt: stamp(stamps?.eventOccurredAt ?? null),
        firstPublicAt: stamp(stamps?.firstPublicAt ?? null),
        detectedAt: stamp(stamps?.detectedAt ?? null),
      },
      entries: [],
    };
    cases.set(name, made);
    if (row.heat !== undefined)
      made.entries.push({ at: -Infinity, entryId: `${name}:heat`, by: 'file', type: 'heatSet', heat: row.heat });
    if (stamps?.dispatchedAt != null) addDispatchOfStamp(made, stamps.dispatchedAt, row);
    return made;
  };
  for (const [name, stamps] of Object.entries(row.cases ?? {})) open(name, stamps);
  if (row.cases === undefined) open(main, row.stamps);
  timeline.forEach((entry, index) => {
    const target = (name: string) => cases.get(name) ?? open(name, null);
    const base = { at: instant(entry.at), entryId: `e${index}`, by: 'file' };
    const add = (to: Case, draft: Draft) => to.entries.push({ ...base, ...draft } as HistoryEntry);
    if (entry.type === 'merge' || entry.type === 'unmerge' || entry.type === 'split') relate(entry, target, add);
    else if (!IDLE.has(entry.type)) {
      const to = target(entry.case ?? main);
      const draft = draftOf(entry, to, `e${index}`);
      if (draft === undefined) unknownTypes.push(entry.type);
      else add(to, draft);
    }
  });
  addRawInputs(row, cases.get(main)!);
  for (const made of cases.values()) made.entries.sort((a, b) => a.at - b.at);
  return { cases, main, unknownTypes };
}

/** A dispatch stamp is the delivery of an order unless the timeline delivers it itself. */
function addDispatchOfStamp(made: Case, dispatchedAt: string, row: ClockRow): void {
  const at = instant(dispatchedAt);
  if (at > instant(row.asOf)) return;
  if ((row.timeline ?? []).some((entry) => entry.type === 'dispatch' && instant(entry.at) === at)) return;
  made.entries.push({
    at,
    entryId: `${made.incidentId}:dispatch`,
    by: 'file',
    type: 'dispatched',
    assignmentId: `${made.incidentId}:a0`,
    body: UNNAMED,
    role: 'lead',
  });
}

/** What an importer receives: a publication time that lies in the future at the time of import is filed, and refused by the rules. */
function addRawInputs(row: ClockRow, to: Case): void {
  const at = instant(row.asOf);
  (row.rawInputs ?? []).forEach((input, index) => {
    const effectiveAt = input.field === 'publishedAt' ? parseOfficeInstant(input.value) : undefined;
    if (effectiveAt !== undefined && effectiveAt > at)
      to.entries.push({
        at,
        entryId: `raw${index}`,
        by: 'file',
        type: 'evidenceFiled',
        evidence: { evidenceId: `raw${index}`, kind: 'webRelease', effectiveAt },
      });
  });
}

function relate(entry: RowEntry, target: (name: string) => Case, add: (to: Case, draft: Draft) => void): void {
  if (entry.type === 'merge') {
    const into = target(String(entry.into));
    const children = (entry.cases as string[]).map(target).filter((child) => child !== into);
    add(into, { type: 'merged', from: children });
    for (const child of children) add(child, { type: 'mergedInto', into: into.incidentId, history: into });
  } else if (entry.type === 'unmerge') {
    const whole = target(String(entry.case));
    const children = whole.entries.flatMap((known) =>
      known.type === 'merged' ? known.from.map((child) => child.incidentId) : [],
    );
    add(whole, { type: 'unmerged', with: children });
    for (const child of children) add(target(child), { type: 'unmerged', with: [whole.incidentId] });
  } else {
    const whole = target(String(entry.case));
    const into = entry.into as string[];
    for (const name of into) {
      const part = target(name);
      part.stamps = whole.stamps;
      part.entries = [...whole.entries];
    }
    add(whole, { type: 'split', into });
  }
}

/** The assignment of a body in a case, or its last one. */
function assignmentOf(made: Case, body: unknown): string | undefined {
  const orders = made.entries.flatMap((entry) =>
    entry.type === 'dispatched'
      ? [{ id: entry.assignmentId, body: entry.body }]
      : entry.type === 'reassigned'
        ? [{ id: entry.newAssignmentId, body: entry.to }]
        : [],
  );
  return (
    orders.findLast((order) => order.body === body) ??
    orders.findLast((order) => order.body === UNNAMED) ??
    orders.at(-1)
  )?.id;
}

const proof = (made: Case, entry: RowEntry, evidence: Evidence): Draft => {
  const assignmentId = assignmentOf(made, entry.body);
  return { type: 'evidenceFiled', evidence, ...(assignmentId === undefined ? {} : { assignmentId }) };
};

function draftOf(entry: RowEntry, made: Case, id: string): Draft | undefined {
  switch (entry.type) {
    case 'grade':
      return { type: 'graded', grade: entry.value as IncidentGrade, basis: entry.basis as GradeBasis };
    case 'evidence':
      return { type: 'evidenceFiled', evidence: evidenceOf(entry, id) };
    case 'evidence_page_gone':
      return { type: 'evidencePageGone', evidenceId: String(entry.ref) };
    case 'pause_request':
      return {
        type: 'pauseRequested',
        clock: clockOf(entry),
        ground: GROUNDS[String(entry.reason)] ?? text(entry.reason),
        approvedBy: text(entry.approver),
      };
    case 'resume':
      return { type: 'resumed', clock: clockOf(entry) };
    case 'extension_request':
      return {
        type: 'extensionRequested',
        clock: clockOf(entry),
        ground: text(entry.reason),
        approvedBy: text(entry.approver),
        extension:
          typeof entry.amountWorkdays === 'number'
            ? { amount: entry.amountWorkdays, unit: 'workday' }
            : { amount: Number(entry.amountHours), unit: 'hour' },
      };
    case 'reassign':
      return {
        type: 'reassigned',
        assignmentId: assignmentOf(made, undefined) ?? '',
        newAssignmentId: `${made.incidentId}:${id}`,
        to: String(entry.to),
        dispatchedAt: instant(entry.dispatchedAt ?? entry.at),
      };
    case 'return':
      return {
        type: 'returned',
        assignmentId: assignmentOf(made, entry.body) ?? null,
        body: String(entry.body),
        code: text(entry.code),
        legalBasis: text(entry.legalBasis),
        proposedBody: text(entry.proposedBody),
      };
    case 'casualty_update':
      return { type: 'casualtyUpdated', eventType: String(entry.eventType), deaths: entry.deaths as number | null };
    case 'dispatch':
      return { type: 'dispatched', assignmentId: `${made.incidentId}:${id}`, body: String(entry.body), role: 'lead' };
    case 'sign':
      return proof(made, entry, { evidenceId: id, kind: 'signature', effectiveAt: null, person: text(entry.person) });
    case 'verification_report_accepted':
      return proof(made, entry, { evidenceId: id, kind: 'verificationReport', effectiveAt: null });
    case 'stamp_correction':
      return {
        type: 'stampCorrected',
        stamp: entry.stamp as StampName,
        value: entry.value === null ? null : instant(entry.value),
        source: 'correction',
      };
    case 'handover':
      return { type: 'handedOver', signedBy: String(entry.signedBy) };
    case 'instruction':
      return { type: 'instructed', dueAt: instant(entry.dueAt) };
    default:
      return undefined;
  }
}

const clockOf = (entry: RowEntry) => actOf(String(entry.clock)) ?? String(entry.clock);

const OTHER_KINDS: Record<string, string> = {
  acknowledgement_only: 'acknowledgement',
  unregistered_account: 'webRelease',
};

function evidenceOf(entry: RowEntry, id: string): Evidence {
  const kind = String(entry.evidence);
  return {
    evidenceId: text(entry.ref) ?? id,
    kind: OTHER_KINDS[kind] ?? camel(kind),
    effectiveAt:
      entry.publishedAt == null ? null : (parseOfficeInstant(String(entry.publishedAt)) ?? instant(entry.publishedAt)),
    channelRegistered: kind !== 'unregistered_account',
    ...(typeof entry.snapshot === 'boolean' ? { snapshot: entry.snapshot } : {}),
    ...(Array.isArray(entry.speakers) ? { speakers: entry.speakers as Evidence['speakers'] & object } : {}),
  };
}
