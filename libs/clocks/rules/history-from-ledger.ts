import type {
  ClockRef,
  Evidence,
  GradeBasis,
  Heat,
  HistoryEntry,
  IncidentGrade,
  IncidentHistory,
  Stamp,
  StampName,
} from '../contract.js';
import type { Amount } from '../policy/contract.js';

import { base, carriedProofs, type Dispatch, instant, type LedgerLine, proof, text } from './ledger-line.js';

export type { LedgerLine } from './ledger-line.js';

type Reader = (line: LedgerLine, context: Context) => HistoryEntry[];
interface Context {
  incidentId: string;
  opened: boolean;
  relatedHistory(id: string): IncidentHistory | undefined;
}

const STAMPS: Record<string, StampName> = {
  occurredAt: 'eventOccurredAt',
  firstPublicAt: 'firstPublicAt',
  detectedAt: 'detectedAt',
  dispatchedAt: 'dispatchedAt',
};

/** What each event means for the clocks. Events that are not here move none. */
const READERS: Record<string, Reader> = {
  'incident.confirmed': (line, context) => {
    const graded: HistoryEntry = {
      ...base(line),
      type: 'graded',
      grade: line.payload.grade as IncidentGrade,
      basis: line.payload.basis as GradeBasis,
    };
    const heat: HistoryEntry = { ...base(line), type: 'heatSet', heat: line.payload.heat as Heat };
    const first: HistoryEntry = context.opened
      ? { ...base(line), type: 'reopened' }
      : { ...base(line), type: 'opened' };
    context.opened = true;
    return [first, heat, graded];
  },
  'incident.regraded': (line) => [
    {
      ...base(line),
      type: 'graded',
      grade: line.payload.grade as IncidentGrade,
      basis: line.payload.basis as GradeBasis,
    },
  ],
  'incident.heatChanged': (line) => [{ ...base(line), type: 'heatSet', heat: line.payload.heat as Heat }],
  'incident.casualtiesUpdated': (line) => [
    {
      ...base(line),
      type: 'casualtyUpdated',
      eventType: String(line.payload.eventType),
      deaths: (line.payload.deaths as number | null) ?? null,
    },
  ],
  'incident.stampCorrected': (line) => [
    {
      ...base(line),
      type: 'stampCorrected',
      stamp: STAMPS[String(line.payload.stamp)]!,
      value: instant(line.payload.value),
      source: String(line.payload.source),
    },
  ],
  'incident.merged': (line, context) => {
    const { child, into } = line.payload as { child: string; into: string };
    if (into !== context.incidentId) {
      const history = context.relatedHistory(into);
      return [{ ...base(line), type: 'mergedInto', into, ...(history === undefined ? {} : { history }) }];
    }
    const history = context.relatedHistory(child);
    return history === undefined ? [] : [{ ...base(line), type: 'merged', from: [history] }];
  },
  'incident.unmerged': (line, context) => {
    const { child, from } = line.payload as { child: string; from: string };
    return [{ ...base(line), type: 'unmerged', with: [context.incidentId === child ? from : child] }];
  },
  // The rest goes on; the part begins with the stamps of the whole and with what had been published by then.
  'incident.split': (line, context) => {
    const { part, from, opened, grade, basis, heat } = line.payload as Record<string, unknown>;
    if (part !== context.incidentId || opened !== true) return [];
    context.opened = true;
    const before = context.relatedHistory(String(from))?.entries ?? [];
    const published = before.filter(
      (entry) => entry.type === 'evidenceFiled' && entry.assignmentId === undefined && entry.at <= line.at.getTime(),
    );
    return [
      ...published,
      { ...base(line), type: 'opened' },
      { ...base(line), type: 'heatSet', heat: heat as Heat },
      { ...base(line), type: 'graded', grade: grade as IncidentGrade, basis: basis as GradeBasis },
    ];
  },
  'incident.rejected': (line) => [{ ...base(line), type: 'closed', how: 'rejected' }],
  'incident.reopened': (line) => [{ ...base(line), type: 'reopened' }],
  'closeOut.struckOff': (line) => [{ ...base(line), type: 'closed', how: 'struckOff' }],
  'assignment.dispatched': (line) => {
    const { bodyId, role, replaces, since, keepsDues } = line.payload as unknown as Dispatch;
    if (role === 'copy') return [];
    const assignmentId = line.subjectId!;
    if (since !== undefined)
      return [
        {
          ...base(line),
          type: 'dispatched',
          assignmentId,
          body: bodyId,
          role: role === 'lead' ? 'lead' : 'co',
          since: Date.parse(since),
          keepsDues: keepsDues === true,
        },
        ...carriedProofs(line, assignmentId),
      ];
    if (replaces !== undefined)
      return [
        {
          ...base(line),
          type: 'reassigned',
          assignmentId: replaces,
          newAssignmentId: assignmentId,
          to: bodyId,
          dispatchedAt: line.at.getTime(),
        },
      ];
    return [{ ...base(line), type: 'dispatched', assignmentId, body: bodyId, role: role === 'lead' ? 'lead' : 'co' }];
  },
  'assignment.acknowledged': (line) => [
    proof(line, { kind: 'signature', person: text(line.payload.person) }, line.subjectId),
  ],
  'assignment.verified': (line) => [proof(line, { kind: 'verificationReport' }, line.subjectId)],
  'assignment.reported': (line) => [proof(line, { kind: 'handlingReport' }, line.subjectId)],
  'assignment.returnRequested': (line) => [
    {
      ...base(line),
      type: 'returned',
      assignmentId: line.subjectId,
      body: String(line.payload.bodyId),
      code: text(line.payload.code),
      legalBasis: text(line.payload.legalBasis),
      proposedBody: text(line.payload.proposedBody),
    },
  ],
  // Moves no public clock; the orders' own end with it (see `endedAssignments`).
  'assignment.returnAccepted': () => [],
  'firstReport.received': (line) => [
    proof(
      line,
      {
        kind: 'dutyOfficeReceipt',
        effectiveAt: instant(line.payload.receivedAt),
        person: text(line.payload.receivedBy),
      },
      null,
    ),
  ],
  'conference.held': (line) => [
    proof(
      line,
      {
        kind: 'pressConference',
        effectiveAt: instant(line.payload.heldAt),
        channelRegistered: true,
        snapshot: true,
        speakers: (line.payload.speakers as Evidence['speakers']) ?? [],
      },
      null,
    ),
  ],
  // The instant of filing counts, not that of the capture: a page that was slow to fetch makes nobody late.
  'evidence.proven': (line) => [
    proof(
      line,
      {
        kind: String(line.payload.evidence),
        effectiveAt: instant(line.payload.publishedAt),
        channelRegistered: true,
        snapshot: true,
        repeats: line.payload.repeats === true,
        speakers: (line.payload.speakers as Evidence['speakers']) ?? [],
      },
      null,
      instant(line.payload.filedAt) ?? line.at.getTime(),
    ),
  ],
  'evidence.pageGone': (line) => [{ ...base(line), type: 'evidencePageGone', evidenceId: line.subjectId! }],
  'evidence.pageChanged': (line) => [{ ...base(line), type: 'evidencePageChanged', evidenceId: line.subjectId! }],
  'release.promised': (line) => [
    {
      ...base(line),
      type: 'promised',
      statementId: line.subjectId!,
      startAt: instant(line.payload.publishedAt) ?? line.at.getTime(),
      dueAt: instant(line.payload.dueAt)!,
    },
  ],
  'conference.backPlanned': (line) => [
    {
      ...base(line),
      type: 'preparationPlanned',
      conference: line.subjectId!,
      steps: (line.payload.steps as { step: string; dueAt: string }[]).map(({ step, dueAt }) => ({
        step,
        dueAt: Date.parse(dueAt),
      })),
    },
  ],
  'conference.stepDone': (line) => [
    proof(line, { kind: `conferenceStep#${line.subjectId!}.${String(line.payload.step)}` }, null),
  ],
  'conference.waived': (line) => [
    { ...base(line), type: 'preparationEnded', conference: line.subjectId!, reason: 'waived' },
  ],
  'conference.cancelled': (line) => [
    { ...base(line), type: 'preparationEnded', conference: line.subjectId!, reason: 'cancelled' },
  ],
  'clock.pauseRequested': (line) => [
    {
      ...base(line),
      type: 'pauseRequested',
      clock: line.payload.clock as ClockRef,
      ground: text(line.payload.ground),
      approvedBy: text(line.payload.approvedBy),
    },
  ],
  'clock.extensionRequested': (line) => [
    {
      ...base(line),
      type: 'extensionRequested',
      clock: line.payload.clock as ClockRef,
      extension: line.payload.extension as Amount,
      ground: text(line.payload.ground),
      approvedBy: text(line.payload.approvedBy),
    },
  ],
  'instruction.received': (line) => [{ ...base(line), type: 'instructed', dueAt: instant(line.payload.dueAt)! }],
  'instruction.answered': (line) => [
    proof(line, { kind: `instructionAnswer#${String(line.payload.instruction)}` }, null),
  ],
  'clock.resumed': (line) => [{ ...base(line), type: 'resumed', clock: line.payload.clock as ClockRef }],
};

export const CLOCK_MOVING_EVENTS: readonly string[] = Object.keys(READERS);

/** Rebuilds the history of one incident from its ledger. `related` gives the histories of incidents that were merged with it. */
export function historyFromLedger(
  incidentId: string,
  lines: readonly LedgerLine[],
  related: (id: string) => IncidentHistory | undefined,
): IncidentHistory {
  const context: Context = { incidentId, opened: false, relatedHistory: related };
  const confirmed = lines.find(
    (line) =>
      line.type === 'incident.confirmed' ||
      (line.type === 'incident.split' && line.payload['part'] === incidentId && line.payload['opened'] === true),
  );
  const entries = lines.flatMap((line) => READERS[line.type]?.(line, context) ?? []);
  // A stable sort: entries of one instant stay in the order of the ledger.
  entries.sort((a, b) => a.at - b.at);
  return { incidentId, stamps: stampsOf(confirmed), entries };
}

/** The stamps as they stood when the incident was confirmed; later corrections are entries. */
function stampsOf(confirmed: LedgerLine | undefined): IncidentHistory['stamps'] {
  const stamps = (confirmed?.payload.stamps ?? {}) as Record<string, unknown>;
  const sources = (confirmed?.payload.stampSources ?? {}) as Record<string, string>;
  const stamp = (name: string): Stamp | null => {
    const at = instant(stamps[name]);
    return at === null ? null : { at, source: sources[name] ?? 'ledger' };
  };
  return {
    eventOccurredAt: stamp('occurredAt'),
    firstPublicAt: stamp('firstPublicAt'),
    detectedAt: stamp('detectedAt'),
  };
}

/**
 * Assignments that were taken back without a successor, or whose return was accepted, with the instant: their clocks that
 * were open then end there.
 */
export function endedAssignments(lines: readonly LedgerLine[]): Map<string, number> {
  const replaced = new Set(lines.map((line) => line.payload.replaces).filter((id) => typeof id === 'string'));
  const ends = (line: LedgerLine) =>
    line.type === 'assignment.returnAccepted' ||
    (line.type === 'assignment.withdrawn' && !replaced.has(line.subjectId!));
  return new Map(
    lines.filter((line) => line.subjectId !== null && ends(line)).map((line) => [line.subjectId!, line.at.getTime()]),
  );
}
