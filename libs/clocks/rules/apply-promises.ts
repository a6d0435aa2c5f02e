import type { ClockRule } from '../policy/contract.js';
import { type ClockDraft, endDraft, isOpenAt } from './clock-draft.js';
import { type Handler, type IncidentState, latestOf, refuse, rulesOfRing, versionFor } from './incident-state.js';

/** What a body set itself, with a date of its own: no pack fixes the amount, so the rule stands here. */
const SELF_SET: Omit<ClockRule, 'id' | 'label' | 'act' | 'force' | 'ring' | 'stopEvidence' | 'basis'> = {
  form: 'fixedDate',
  amount: null,
  unit: 'day',
  calendar: 'natural',
  dayRule: 'from-instant',
  lastDayRule: 'none',
  start: ['promise'],
  notBeforeGrade: false,
  owner: 'respondingBody',
  pausable: false,
  extendable: null,
  warnings: [0.5, 0.8],
  appliesWhen: {},
  fixedDates: [],
};

/** Acts whose proof is a release to the public. */
const RELEASE_ACTS = new Set(['firstRelease', 'continuingRelease', 'publicResponse']);

const releaseKinds = (state: IncidentState): string[] => [
  ...new Set(
    rulesOfRing(state, 'public')
      .filter((rule) => RELEASE_ACTS.has(rule.act))
      .flatMap((rule) => rule.stopEvidence),
  ),
];

interface SelfSet {
  key: string;
  rule: ClockRule;
  start: { at: number; source: string };
  dueAt: number;
  createdAt: number;
  evidenceAfter: number;
}

function startSelfSet(
  state: IncidentState,
  { key, rule, start, dueAt, createdAt, evidenceAfter }: SelfSet,
): ClockDraft {
  const draft: ClockDraft = {
    key,
    generation: (latestOf(state, key)?.generation ?? 0) + 1,
    rule,
    policyVersion: versionFor(state, 'other')?.version ?? state.pack.id,
    start: { ...start, stamp: 'promise', notBeforeGrade: null },
    dueAt,
    marginFraction: 0,
    calendarIncomplete: false,
    createdAt,
    evidenceAfter,
    body: null,
    assignmentId: null,
    provisional: false,
    ended: null,
    pausedSince: null,
    pausedMs: 0,
    extensions: [],
    moves: [],
    reason: null,
  };
  state.drafts.push(draft);
  return draft;
}

/** The next release that a published text promises (速报事实、慎报原因): due at the promised instant, stopped by the next release. */
export const applyPromise: Handler<'promised'> = (state, entry) => {
  if (entry.dueAt <= entry.startAt) return refuse(state, entry, 'instruct', 'dueNotInFuture');
  startSelfSet(state, {
    key: `promisedRelease#${entry.statementId}`,
    rule: {
      ...SELF_SET,
      id: 'promisedRelease',
      label: '按承诺时间再次发布',
      act: 'promisedRelease',
      force: 'limit',
      ring: 'public',
      stopEvidence: releaseKinds(state),
      basis: { document: '国办发〔2016〕61号', article: '速报事实、慎报原因，持续发布', flag: 'N' },
    },
    start: { at: entry.startAt, source: entry.by },
    dueAt: entry.dueAt,
    createdAt: entry.startAt,
    evidenceAfter: entry.startAt,
  });
};

const STEP_LABELS: Readonly<Record<string, string>> = {
  approval: '发布会方案报批',
  venue: '发布会场地落实',
  questions: '发布会问答口径',
  media: '发布会媒体邀请',
  liveLink: '发布会直播链路',
};

const preparationKey = (conference: string, step: string): string => `conferencePreparation#${conference}.${step}`;

/** The steps before a press conference; a new plan takes the place of the former one where it was not done. */
export const applyPreparation: Handler<'preparationPlanned'> = (state, entry) => {
  for (const { step, dueAt } of entry.steps) {
    const key = preparationKey(entry.conference, step);
    const former = latestOf(state, key);
    if (former !== undefined && former.ended === null) {
      // What was done or was late stays as it is.
      if (!isOpenAt(former, state.evidence, entry.at)) continue;
      endDraft(former, 'superseded', entry.at, 'replanned');
    }
    startSelfSet(state, {
      key,
      rule: {
        ...SELF_SET,
        id: `conferencePreparation.${step}`,
        label: STEP_LABELS[step] ?? step,
        act: 'conferencePreparation',
        force: 'target',
        ring: 'inner',
        // A conference that was held needed its steps no longer.
        stopEvidence: [`conferenceStep#${entry.conference}.${step}`, 'pressConference'],
        basis: { document: '内部缺省', article: '发布会倒排计划', flag: 'J' },
      },
      start: { at: entry.at, source: entry.by },
      dueAt,
      createdAt: entry.at,
      evidenceAfter: entry.at - 1,
    });
  }
};

/** Nothing is prepared for a conference that is waived or cancelled; what was late stays late. */
export const applyPreparationEnded: Handler<'preparationEnded'> = (state, entry) => {
  for (const draft of state.drafts)
    if (draft.key.startsWith(preparationKey(entry.conference, '')) && isOpenAt(draft, state.evidence, entry.at))
      endDraft(draft, 'cancelled', entry.at, entry.reason);
};
