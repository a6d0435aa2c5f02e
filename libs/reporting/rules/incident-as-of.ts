/** A line of the ledger, in order of time. */
export interface PastLine {
  id: string;
  at: Date;
  type: string;
  subjectId: string | null;
  payload: Record<string, unknown>;
}

type Row = Record<string, unknown>;

/** What is known of an incident now; rows as the stages keep them. */
export interface KnownIncident {
  incident: Row & { id: string };
  assignments: (Row & { id: string })[];
  statements: (Row & { id: string })[];
  evidence: (Row & { id: string })[];
  escalations: (Row & { id: string })[];
  conferences: (Row & { id: string })[];
  firstReports: (Row & { id: string })[];
  dispositions: (Row & { id: string })[];
  closeOut: Row;
}

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);
const date = (value: unknown): Date | null => (typeof value === 'string' ? new Date(value) : null);

/** The state of the incident after a line; what moves none leaves it. */
function stateAfter(state: string, { type, payload }: PastLine, id: string): string {
  const early = state === 'confirmed' || state === 'assigned';
  switch (type) {
    case 'incident.proposed':
      return 'proposed';
    case 'incident.confirmed':
    case 'incident.reopened':
      return 'confirmed';
    case 'incident.rejected':
      return text(payload['as']) ?? 'rejected';
    case 'incident.merged':
      return payload['child'] === id ? 'merged' : state;
    case 'incident.unmerged':
      return payload['child'] === id ? (text(payload['state']) ?? 'confirmed') : state;
    case 'incident.split':
      return payload['part'] !== id ? state : payload['opened'] === true ? 'confirmed' : 'proposed';
    case 'assignment.dispatched':
      return payload['role'] === 'lead' && state !== 'responded' ? 'assigned' : state;
    case 'assignment.returnAccepted':
      return payload['role'] === 'lead' && state === 'assigned' ? 'confirmed' : state;
    case 'evidence.proven':
    case 'conference.held':
      return early ? 'responded' : state;
    case 'closeOut.rectified':
    case 'closeOut.accepted':
    case 'closeOut.struckOff':
      return type.slice('closeOut.'.length);
    case 'closeOut.sentBack':
      return 'responded';
    default:
      return state;
  }
}

/** Fields of the incident that a line sets. */
function fieldsAfter(line: PastLine, id: string): Row {
  const { type, payload } = line;
  const stamps = (payload['stamps'] ?? {}) as Record<string, unknown>;
  switch (type) {
    case 'incident.proposed':
      return { category: payload['category'], grade: payload['grade'], gradeBasis: payload['basis'] };
    case 'incident.split':
      return payload['part'] === id ? asConfirmed(payload, stamps) : {};
    case 'incident.confirmed':
      return asConfirmed(payload, stamps);
    case 'incident.recategorised':
      return { category: payload['to'] };
    case 'incident.regraded':
      return { grade: payload['grade'], gradeBasis: payload['basis'] };
    case 'incident.heatChanged':
      return { heatLevel: payload['heat'] };
    case 'incident.stampCorrected':
      return { [String(payload['stamp'])]: date(payload['value']) };
    case 'incident.merged':
      return payload['child'] === id ? { mergedInto: payload['into'] } : {};
    case 'incident.unmerged':
      return payload['child'] === id ? { mergedInto: null } : {};
    case 'assignment.dispatched':
      return payload['role'] === 'lead' ? { leadBodyId: payload['bodyId'], dispatchedAt: line.at } : {};
    default:
      return {};
  }
}

/** What a confirmation settles; a part that was taken out begins in the same way. */
const asConfirmed = (payload: Row, stamps: Row): Row => ({
  category: payload['category'],
  grade: payload['grade'],
  gradeBasis: payload['basis'],
  heatLevel: payload['heat'],
  title: payload['title'],
  occurredAt: date(stamps['occurredAt']),
  firstPublicAt: date(stamps['firstPublicAt']),
  detectedAt: date(stamps['detectedAt']) ?? undefined,
});

const ORDER_STATE: Record<string, string> = {
  'assignment.dispatched': 'dispatched',
  'assignment.acknowledged': 'acknowledged',
  'assignment.verified': 'verified',
  'assignment.reported': 'reported',
  'assignment.returnRequested': 'returnRequested',
  'assignment.returnAccepted': 'returned',
  'assignment.withdrawn': 'withdrawn',
  'assignment.completed': 'completed',
};
const STATEMENT_STATE: Record<string, string> = {
  'statement.drafted': 'draft',
  'statement.edited': 'draft',
  'statement.submitted': 'submitted',
  'statement.reviewed': 'reviewed',
  'statement.approved': 'approved',
  'statement.rejected': 'rejected',
  // The address is filed; the statement is out when the page is proven.
  'statement.published': 'approved',
  'statement.corrected': 'corrected',
};
const EVIDENCE_STATE: Record<string, string> = {
  'evidence.filed': 'pending',
  'evidence.proven': 'proven',
  'evidence.refused': 'refused',
  'evidence.pageGone': 'gone',
};
const ESCALATION_STATE: Record<string, string> = {
  'escalation.proposed': 'proposed',
  'escalation.issued': 'issued',
  'escalation.met': 'met',
  'escalation.unmet': 'unmet',
  'escalation.withdrawn': 'withdrawn',
  'escalation.dismissed': 'dismissed',
};
const CONFERENCE_STATE: Record<string, string> = {
  'conference.planned': 'planned',
  'conference.announced': 'announced',
  'conference.held': 'held',
  'conference.waived': 'waived',
};

/** The last state that the lines give each row; a row without one was not there yet. */
function statesOf(lines: readonly PastLine[], words: Record<string, string>): Map<string, string> {
  const states = new Map<string, string>();
  const signed = new Set<string>();
  for (const line of lines) {
    const { type, subjectId } = line;
    if (subjectId === null) continue;
    if (type === 'assignment.acknowledged') signed.add(subjectId);
    const state = exceptionOf(line, signed.has(subjectId)) ?? words[type];
    if (state !== undefined && (words[type] !== undefined || states.has(subjectId))) states.set(subjectId, state);
  }
  return states;
}

/** Where the type alone does not say the state. */
function exceptionOf({ type, payload }: PastLine, signed: boolean): string | undefined {
  if (type === 'assignment.returnRefused') return signed ? 'acknowledged' : 'dispatched';
  // An order that came over from a merged incident has its course behind it.
  if (type === 'assignment.dispatched')
    return ['reported', 'verified', 'acknowledged'].find((step) => text(payload[`${step}At`]) !== null);
  // An urging may have been overdue already when it was drawn; an answer settles a supervision.
  if (type === 'escalation.issued') return text(payload['state']) ?? undefined;
  if (type === 'escalation.answered') return payload['settled'] === true ? 'met' : undefined;
  return undefined;
}

/** Instants of a row that lie after the asked one were not known then. */
function without<R extends Row>(row: R, asOf: Date, fields: readonly string[]): R {
  const later = fields.filter((field) => row[field] instanceof Date && row[field] > asOf);
  return later.length === 0 ? row : { ...row, ...Object.fromEntries(later.map((field) => [field, null])) };
}

function past<R extends Row & { id: string }>(
  rows: readonly R[],
  {
    lines,
    words,
    asOf,
    instants,
  }: { lines: readonly PastLine[]; words: Record<string, string>; asOf: Date; instants: string[] },
): R[] {
  const states = statesOf(lines, words);
  return rows
    .filter((row) => states.has(row.id))
    .map((row) => without({ ...row, state: states.get(row.id) }, asOf, instants));
}

/**
 * An incident as it was known at an instant, folded from its ledger up to there: what had not happened yet is not there,
 * and what was corrected later shows as it stood. `lines` are those up to the instant, in order.
 */
export function incidentAsOf<Known extends KnownIncident>(known: Known, lines: readonly PastLine[], asOf: Date): Known {
  const { id } = known.incident;
  let state = 'proposed';
  let fields: Row = { mergedInto: null, leadBodyId: null, dispatchedAt: null, snoozedUntil: null };
  for (const line of lines) {
    state = stateAfter(state, line, id);
    const set = Object.entries(fieldsAfter(line, id)).filter(([, value]) => value !== undefined);
    fields = { ...fields, ...Object.fromEntries(set) };
    if (line.type === 'assignment.returnAccepted' && state === 'confirmed') fields = { ...fields, leadBodyId: null };
  }
  const drafts = past(known.statements, {
    lines,
    words: STATEMENT_STATE,
    asOf,
    instants: ['approvedAt', 'publishedAt', 'nextUpdateAt'],
  });
  const escalations = past(known.escalations, {
    lines,
    words: ESCALATION_STATE,
    asOf,
    instants: ['issuedAt', 'receivedAt', 'answeredAt'],
  });
  const steps = new Set(lines.filter(({ type }) => type.startsWith('closeOut.')).map(({ type }) => type.slice(9)));
  return {
    ...known,
    incident: { ...known.incident, ...fields, state },
    assignments: past(known.assignments, {
      lines,
      words: ORDER_STATE,
      asOf,
      instants: ['acknowledgedAt', 'verifiedAt', 'reportedAt', 'endedAt'],
    }),
    // A text that was still being written is not shown as what it later became.
    statements: provenBy(lines, known.evidence, drafts).map((row) =>
      WRITTEN.has(String(row['state'])) ? row : { ...row, body: '' },
    ),
    evidence: past(known.evidence, { lines, words: EVIDENCE_STATE, asOf, instants: ['capturedAt'] }),
    escalations: escalations.map((row) => (row['state'] === 'proposed' ? { ...row, number: null } : row)),
    conferences: past(known.conferences, { lines, words: CONFERENCE_STATE, asOf, instants: ['heldAt'] }),
    firstReports: known.firstReports
      .filter((row) => row['sentAt'] instanceof Date && row['sentAt'] <= asOf)
      .map((row) => without(row, asOf, ['receivedAt'])),
    dispositions: known.dispositions.filter((row) => row['at'] instanceof Date && row['at'] <= asOf),
    closeOut: Object.fromEntries(Object.entries(known.closeOut).filter(([step]) => steps.has(step))),
  };
}

const WRITTEN = new Set(['approved', 'published', 'corrected']);

/** A statement is out when a page of it is proven. */
function provenBy<R extends Row & { id: string }>(
  lines: readonly PastLine[],
  evidence: readonly (Row & { id: string })[],
  statements: R[],
): R[] {
  const proven = new Set(lines.filter(({ type }) => type === 'evidence.proven').map(({ subjectId }) => subjectId));
  const out = new Set(evidence.filter(({ id }) => proven.has(id)).map((row) => row['statementId']));
  return statements.map((row) =>
    row['state'] === 'approved' && out.has(row.id) ? { ...row, state: 'published' } : row,
  );
}
