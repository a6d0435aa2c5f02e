import { type HotlineCounts, hotlineRates } from './hotline-rates.js';
import { type Ratio, ratio } from './ratio.js';

/** Orders that say the same in the columns of a hotline export, counted. Null: the export does not say. */
export interface HotlineGroup {
  requestType: string | null;
  satisfaction: string | null;
  solved: string | null;
  orders: number;
  closed: number;
  /** Orders whose due has passed or that are closed, and those of them closed late or not at all. */
  closeDue: number;
  closeLate: number;
  returned: number;
}

export const SATISFIED = /^(非常|很|比较|基本)?满意$/;
export const DISSATISFIED = /^(非常|很|比较)?不满意$/;
export const SOLVED = /^(是|已解决|解决|基本解决)$/;
export const UNSOLVED = /^(否|未解决|没解决|没有解决)$/;

export interface HotlineFigures {
  accepted: number;
  handled: Ratio;
  satisfied: Ratio;
  solved: Ratio;
  closedInTime: Ratio;
  returned: Ratio;
  /** Orders that say how the caller was contented; without any of them the rates have no denominator. */
  validCallbacks: number;
}

/** Figures of a hotline's orders (domain 6.4). Callers who did not say count in no denominator (the rule is printed with it). */
export function hotlineFigures(groups: readonly HotlineGroup[]): HotlineFigures {
  const sum = (pick: (group: HotlineGroup) => number) => groups.reduce((total, group) => total + pick(group), 0);
  const ordersWhere = (matches: (group: HotlineGroup) => boolean) =>
    sum((group) => (matches(group) ? group.orders : 0));
  const said = (text: string | null, ...patterns: RegExp[]) => patterns.some((pattern) => pattern.test(text ?? ''));
  const accepted = sum((group) => group.orders);
  const contented = ordersWhere((group) => said(group.satisfaction, SATISFIED));
  const callbacks = ordersWhere((group) => said(group.satisfaction, SATISFIED, DISSATISFIED));
  const solved = ordersWhere((group) => said(group.solved, SOLVED));
  const counts: HotlineCounts = {
    ...NOT_TOLD,
    accepted,
    dispatched: accepted,
    closeDue: sum((group) => group.closeDue),
    closeLate: sum((group) => group.closeLate),
    validCallbacks: callbacks,
    satisfied: contented,
    returned: sum((group) => group.returned),
  };
  const rates = hotlineRates(counts, { countUnstated: false });
  const none = ratio(0, 0);
  return {
    accepted,
    handled: ratio(
      sum((group) => group.closed),
      accepted,
    ),
    satisfied: rates.satisfied ?? none,
    solved: ratio(
      solved,
      ordersWhere((group) => said(group.solved, SOLVED, UNSOLVED)),
    ),
    closedInTime: rates.closedInTime ?? none,
    returned: rates.returned ?? none,
    validCallbacks: callbacks,
  };
}

/** Orders by type, with the sum as denominator (domain K-03: it is said which). */
export function byRequestType(groups: readonly HotlineGroup[]): { type: string; share: Ratio }[] {
  const orders = new Map<string, number>();
  for (const { requestType, orders: n } of groups) {
    const type = requestType ?? '未注明';
    orders.set(type, (orders.get(type) ?? 0) + n);
  }
  const total = [...orders.values()].reduce((sum, n) => sum + n, 0);
  return [...orders]
    .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
    .map(([type, n]) => ({ type, share: ratio(n, total) }));
}

export const HOTLINE_RULES = {
  handled: '已办结 ÷ 受理',
  satisfied: '满意（含基本满意）÷ 有效回访；未表态不计入',
  solved: '已解决 ÷（已解决 + 未解决）；未表态不计入',
  closedInTime: '按期办结 ÷ 应办结（已到期或已办结）',
  returned: '退回 ÷ 受理',
  type: '本类 ÷ 各类合计',
} as const;

const NOT_TOLD: HotlineCounts = {
  callsIntoQueue: null,
  answeredCalls: null,
  accepted: null,
  answeredDirectly: null,
  dispatched: null,
  signDue: null,
  signLate: null,
  closeDue: null,
  closeLate: null,
  contactedInTime: null,
  validCallbacks: null,
  solved: null,
  unstated: null,
  satisfied: null,
  returned: null,
  returnsUpheld: null,
  redone: null,
  extended: null,
  repeated: null,
};
