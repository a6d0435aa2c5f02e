const GRADE_WEIGHT: Readonly<Record<string, number>> = { I: 4, II: 3, III: 2 };

/**
 * What to save first in the next hour (judgement): weight of the grade (I 4, II 3, III 2, others 1), doubled for a limit
 * against a target, times the clocks that its body has open, divided by the minutes that are left. Larger is more urgent.
 */
export const urgency = (clock: { grade: string; force: string; load: number; minutesLeft: number }): number =>
  Math.round(
    (((GRADE_WEIGHT[clock.grade] ?? 1) * (clock.force === 'limit' ? 2 : 1) * Math.max(1, clock.load)) /
      Math.max(1, clock.minutesLeft)) *
      1_000,
  ) / 1_000;

/** The permission of the act that stops a clock, and its Chinese name. */
export interface SavingAct {
  act: string;
  label: string;
}

/** The next step towards a publication, by the state of the statement that is furthest. */
const STATEMENT_STEPS: Readonly<Record<string, SavingAct>> = {
  none: { act: 'statement.draft', label: '起草权威发布稿' },
  draft: { act: 'statement.draft', label: '提交审核' },
  rejected: { act: 'statement.draft', label: '修改后重新提交' },
  submitted: { act: 'statement.review', label: '完成内容审核和保密审查' },
  reviewed: { act: 'statement.approve', label: '签发' },
  approved: { act: 'statement.publish', label: '发布并登记链接' },
  published: { act: 'evidence.file', label: '登记发布证据' },
};

/** What saves a clock. `statementState` is that of the furthest statement of the incident, null without one. */
export function savingAct(act: string, statementState: string | null): SavingAct {
  switch (act) {
    case 'signFor':
      return { act: 'assignment.acknowledge', label: '签收交办单' };
    case 'verificationFeedback':
      return { act: 'assignment.verify', label: '提交核实反馈' };
    case 'handlingFeedback':
      return { act: 'assignment.report', label: '提交处置反馈' };
    case 'firstReport':
      return { act: 'firstReport.file', label: '报送首报' };
    case 'pressConference':
      return { act: 'conference.manage', label: '举行新闻发布会并登记' };
    default:
      return STATEMENT_STEPS[statementState ?? 'none'] ?? STATEMENT_STEPS['none']!;
  }
}

/** 绿、黄（已用 80 % 以上）、红（超时）、紫（升级时已超时）: domain 7.10. */
export function clockColour(
  clock: { state: string; startedAt: number; dueAt: number },
  now: number,
): 'green' | 'yellow' | 'red' | 'purple' {
  if (clock.state === 'overdueAtUpgrade') return 'purple';
  if (clock.state === 'overdue' || now > clock.dueAt) return 'red';
  return now - clock.startedAt >= 0.8 * (clock.dueAt - clock.startedAt) ? 'yellow' : 'green';
}
