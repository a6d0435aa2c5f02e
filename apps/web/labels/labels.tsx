import { useTranslation } from 'react-i18next';
import { wordsOf } from '../i18n/words';
import { useAppearance } from '../theme/appearance';
import type { StatePalette } from '../theme/theme';

export type LabelGroup =
  | 'category'
  | 'grade'
  | 'gradeBasis'
  | 'heat'
  | 'incidentState'
  | 'clockState'
  | 'act'
  | 'force'
  | 'assignmentState'
  | 'role'
  | 'statementState'
  | 'gate'
  | 'evidenceState'
  | 'step'
  | 'escalationState'
  | 'event'
  | 'figure'
  | 'eventType'
  | 'duty'
  | 'ring'
  | 'process'
  | 'topic';

/** The label of a value of the API; a value without one is shown as it is. */
export function useLabel(): (group: LabelGroup, value: string) => string {
  const { i18n } = useTranslation();
  return (group, value) => wordsOf(i18n, group)[value] ?? value;
}

const TONE: Partial<Record<LabelGroup, Record<string, keyof StatePalette>>> = {
  grade: { I: 'red', II: 'red', III: 'orange', IV: 'yellow', none: 'grey', unknown: 'grey' },
  heat: { I: 'red', II: 'orange', III: 'yellow', IV: 'blue' },
  category: {
    C5: 'red',
    C7: 'purple',
    'C7-suspected': 'purple',
    C6: 'orange',
    C3: 'blue',
    C4: 'orange',
    C1: 'blue',
    C2: 'blue',
    SR: 'grey',
    NONE: 'grey',
  },
  incidentState: {
    proposed: 'orange',
    confirmed: 'blue',
    assigned: 'blue',
    responded: 'green',
    rectified: 'green',
    accepted: 'green',
    struckOff: 'grey',
    rejected: 'grey',
    merged: 'grey',
    outOfArea: 'grey',
  },
  clockState: {
    armed: 'blue',
    dueSoon: 'orange',
    paused: 'grey',
    met: 'green',
    metLate: 'purple',
    overdue: 'red',
    superseded: 'grey',
    cancelled: 'grey',
    overdueAtUpgrade: 'purple',
    notApplicable: 'grey',
  },
  assignmentState: {
    dispatched: 'orange',
    acknowledged: 'blue',
    returnRequested: 'purple',
    returned: 'grey',
    verified: 'blue',
    reported: 'green',
    completed: 'green',
    withdrawn: 'grey',
  },
  statementState: {
    draft: 'grey',
    submitted: 'orange',
    reviewed: 'blue',
    approved: 'blue',
    rejected: 'red',
    published: 'green',
    corrected: 'purple',
    withdrawn: 'grey',
  },
  evidenceState: { pending: 'orange', proven: 'green', refused: 'red', gone: 'purple', altered: 'purple' },
  escalationState: {
    proposed: 'orange',
    issued: 'red',
    met: 'green',
    unmet: 'red',
    withdrawn: 'grey',
    dismissed: 'grey',
  },
};

/** A value as a tag: its word, and its colour beside it. */
export function ValueTag({ group, value, note }: { group: LabelGroup; value: string; note?: string | undefined }) {
  const label = useLabel();
  const { states } = useAppearance();
  const color = states[TONE[group]?.[value] ?? 'grey'];
  return (
    <span className="value-tag" style={{ color }}>
      {label(group, value)}
      {note !== undefined && ` · ${note}`}
    </span>
  );
}
