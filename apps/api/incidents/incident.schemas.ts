import { z } from 'zod';
import { CATEGORIES, GRADES } from '#triage/contract.js';
import { id, instant } from '../http/schemas.js';
import { closeOutSchema, conferenceSchema, dispositionSchema, reportUpSchema } from '../response/course.schemas.js';

export const categorySchema = z.enum(CATEGORIES).meta({ id: 'Category' });
export const gradeSchema = z.enum(GRADES).meta({ id: 'Grade' });
export const gradeBasisSchema = z.enum(['confirmed', 'potential', 'declared']).meta({ id: 'GradeBasis' });
export const incidentStateSchema = z
  .enum([
    'proposed',
    'confirmed',
    'assigned',
    'responded',
    'rectified',
    'accepted',
    'struckOff',
    'rejected',
    'merged',
    'outOfArea',
  ])
  .meta({ id: 'IncidentState' });
export const clockStateSchema = z
  .enum([
    'armed',
    'dueSoon',
    'paused',
    'met',
    'metLate',
    'overdue',
    'superseded',
    'cancelled',
    'overdueAtUpgrade',
    'notApplicable',
  ])
  .meta({ id: 'ClockState' });

export const incidentSchema = z
  .object({
    id: id(),
    number: z.string(),
    title: z.string(),
    state: incidentStateSchema,
    category: categorySchema,
    grade: gradeSchema,
    gradeBasis: gradeBasisSchema,
    heatLevel: z.enum(['I', 'II', 'III', 'IV']),
    heatScore: z.number(),
    jurisdiction: z.string(),
    leadBodyId: z.string().nullable(),
    leadBodyName: z.string().nullable(),
    bodyIds: z.array(z.string()),
    drill: z.boolean(),
    policyPack: z.string(),
    occurredAt: instant().nullable(),
    firstPublicAt: instant().nullable(),
    detectedAt: instant(),
    dispatchedAt: instant().nullable(),
    itemCount: z.number().int(),
    lastItemAt: instant().nullable(),
    snoozedUntil: instant().nullable(),
    mergedInto: id().nullable(),
    disposition: z.array(z.string()),
    nextDueAt: instant().nullable(),
    nextAct: z.string().nullable(),
    overdueCount: z.number().int(),
    firstOverdueAt: instant().nullable(),
    version: z.number().int(),
  })
  .meta({ id: 'Incident' });

export const incidentItemSchema = z
  .object({
    id: id(),
    title: z.string(),
    body: z.string(),
    url: z.string().nullable(),
    kind: z.string(),
    sourceName: z.string(),
    channel: z.string(),
    publishedAt: instant().nullable(),
    receivedAt: instant(),
    contentSha256: z.string(),
    /** Since when the original is known to have been taken away. */
    originalGoneSince: instant().nullable(),
    relation: z.string(),
    score: z.number().nullable(),
    category: z.string().nullable(),
    reasons: z.unknown(),
  })
  .meta({ id: 'IncidentItem' });

export const timelineEntrySchema = z
  .object({
    id: id(),
    at: instant(),
    type: z.string(),
    actorKind: z.string(),
    actorName: z.string(),
    actorDuty: z.string().nullable(),
    reason: z.string().nullable(),
    rule: z.string().nullable(),
    payload: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'TimelineEntry' });

export const clockSchema = z
  .object({
    id: id(),
    incidentId: id(),
    incidentNumber: z.string(),
    incidentTitle: z.string(),
    act: z.string(),
    label: z.string(),
    force: z.enum(['target', 'limit']),
    scope: z.enum(['public', 'inner', 'duty']),
    state: clockStateSchema,
    stateReason: z.string().nullable(),
    startedAt: instant(),
    dueAt: instant(),
    stateAt: instant().nullable(),
    bodyId: z.string().nullable(),
    provisional: z.boolean(),
    drill: z.boolean(),
    policyPack: z.string(),
    policyVersion: z.string(),
    version: z.number().int(),
  })
  .meta({ id: 'Clock' });

export const assignmentSchema = z
  .object({
    id: id(),
    number: z.string(),
    incidentId: id(),
    bodyId: z.string(),
    role: z.enum(['lead', 'co', 'copy']),
    task: z.string(),
    state: z.enum([
      'dispatched',
      'acknowledged',
      'returnRequested',
      'returned',
      'verified',
      'reported',
      'completed',
      'withdrawn',
    ]),
    dispatchedAt: instant(),
    acknowledgedAt: instant().nullable(),
    verifiedAt: instant().nullable(),
    reportedAt: instant().nullable(),
    endedAt: instant().nullable(),
    verification: z.record(z.string(), z.unknown()).nullable(),
    returnRequest: z.record(z.string(), z.unknown()).nullable(),
    version: z.number().int(),
  })
  .meta({ id: 'Assignment' });

export const escalationSchema = z
  .object({
    id: id(),
    incidentId: id(),
    step: z.enum(['notice', 'reminder', 'supervision', 'accountabilityReferral']),
    ordinal: z.number().int(),
    number: z.string().nullable(),
    reason: z.string(),
    addresseeBodyId: z.string().nullable(),
    at: instant(),
    deadline: instant().nullable(),
    state: z.enum(['proposed', 'issued', 'met', 'unmet', 'withdrawn', 'dismissed']),
    grounds: z.array(z.string()),
    issuedAt: instant().nullable(),
    receivedAt: instant().nullable(),
    answeredAt: instant().nullable(),
    drill: z.boolean(),
    version: z.number().int(),
  })
  .meta({ id: 'Escalation' });

export const plannedStepSchema = z
  .object({ step: z.string(), at: instant(), target: z.string().nullable(), basis: z.string().nullable() })
  .meta({ id: 'PlannedStep' });

export const proposalSchema = z
  .object({
    jurisdiction: z.string().nullable(),
    leadBodyId: z.string().nullable(),
    coBodyIds: z.array(z.string()),
    copyBodyIds: z.array(z.string()),
    coordinatorIds: z.array(z.string()),
    rule: z.string(),
    proposal: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'RoutingProposal' });

const elementSchema = z.object({ text: z.string().optional(), notApplicableReason: z.string().optional() });

export const statementSchema = z
  .object({
    id: id(),
    number: z.string(),
    incidentId: id(),
    bodyId: z.string(),
    kind: z.string(),
    title: z.string(),
    body: z.string(),
    cause: elementSchema,
    solution: elementSchema,
    constraints: elementSchema,
    competentBodyId: z.string().nullable(),
    speaker: z.object({ name: z.string(), post: z.string(), rank: z.string() }).nullable(),
    state: z.enum(['draft', 'submitted', 'reviewed', 'approved', 'rejected', 'published', 'corrected', 'withdrawn']),
    gates: z.record(
      z.string(),
      z.object({
        by: z.string(),
        userId: z.string().optional(),
        at: z.string(),
        result: z.string(),
        note: z.string().optional(),
        checks: z.array(z.string()).optional(),
      }),
    ),
    approvedAt: instant().nullable(),
    publishedAt: instant().nullable(),
    nextUpdateAt: instant().nullable(),
    corrects: id().nullable(),
    editor: z.object({ userId: z.string(), name: z.string(), since: z.string() }).nullable(),
    editorUntil: instant().nullable(),
    assessment: z.object({ wording: z.string(), timing: z.string(), manner: z.string() }).nullable(),
    privacy: z.object({ code: z.string(), reason: z.string(), by: z.string() }).nullable(),
    createdBy: z.string(),
    updatedAt: instant(),
    version: z.number().int(),
  })
  .meta({ id: 'Statement' });

export const evidenceSchema = z
  .object({
    id: id(),
    incidentId: id(),
    statementId: id().nullable(),
    bodyId: z.string().nullable(),
    kind: z.string(),
    url: z.string().nullable(),
    title: z.string().nullable(),
    publishedAt: instant().nullable(),
    filedAt: instant(),
    state: z.enum(['pending', 'proven', 'refused', 'gone', 'altered']),
    refusal: z.object({ code: z.string(), clause: z.string(), reason: z.string() }).nullable(),
    capturedAt: instant().nullable(),
    sha256: z.string().nullable(),
    comparison: z.record(z.string(), z.unknown()).nullable(),
    attachment: z.record(z.string(), z.unknown()).nullable(),
    version: z.number().int(),
  })
  .meta({ id: 'Evidence' });

export const incidentDetailSchema = incidentSchema
  .extend({
    categories: z.record(z.string(), z.unknown()),
    gradeDetails: z.record(z.string(), z.unknown()),
    heatDetails: z.record(z.string(), z.unknown()),
    stampSources: z.record(z.string(), z.string()),
    items: z.array(incidentItemSchema),
    clocks: z.array(clockSchema),
    proposal: proposalSchema.nullable(),
    assignments: z.array(assignmentSchema),
    statements: z.array(statementSchema),
    evidence: z.array(evidenceSchema),
    conferences: z.array(conferenceSchema),
    firstReports: z.array(reportUpSchema),
    dispositions: z.array(dispositionSchema),
    closeOut: closeOutSchema,
    escalations: z.array(escalationSchema),
    ladder: z.array(plannedStepSchema),
    timeline: z.array(timelineEntrySchema),
    serverTime: instant(),
    /** The instant of the past that is shown; null is now. */
    asOf: instant().nullable(),
  })
  .meta({ id: 'IncidentDetail' });
