/** What a special report says in its first sentence, from what is known; at most 200 characters (domain 7.3). */
export interface Standing {
  title: string;
  category: string;
  grade: string;
  heatLevel: string;
  itemCount: number;
  channelCount: number;
  /** Items of the last 24 hours and of the 24 before them. */
  recent: number;
  before: number;
  answered: boolean;
  overdueLimits: number;
  runningLimits: number;
}

export type Trend = 'rising' | 'steady' | 'falling' | 'quiet';

/** Rising from half as many again, falling below two thirds (judgement); nothing in both days is quiet. */
export function trendOf({ recent, before }: Pick<Standing, 'recent' | 'before'>): Trend {
  if (recent === 0 && before === 0) return 'quiet';
  if (recent * 2 >= before * 3 && recent > before) return 'rising';
  return recent * 3 < before * 2 ? 'falling' : 'steady';
}

const TREND_WORDS: Readonly<Record<Trend, string>> = {
  rising: '传播上升',
  steady: '传播平稳',
  falling: '传播回落',
  quiet: '近两日无新增',
};

/** High while it rises unanswered or a limit is broken; low once it is answered and falls or is quiet. */
export function riskOf(standing: Standing): 'high' | 'medium' | 'low' {
  const trend = trendOf(standing);
  if (standing.overdueLimits > 0 || (trend === 'rising' && !standing.answered)) return 'high';
  return standing.answered && (trend === 'falling' || trend === 'quiet') ? 'low' : 'medium';
}

const RISK_WORDS = { high: '风险较高', medium: '风险中等', low: '风险较低' } as const;
const MAX_CHARACTERS = 200;

export function coreConclusion(standing: Standing): string {
  const answered = standing.answered ? '已作公开回应' : '尚未公开回应';
  const limits =
    standing.overdueLimits > 0 ? `，${standing.overdueLimits} 项时限已超` : standing.runningLimits > 0 ? `，${standing.runningLimits} 项时限在计` : ''; // prettier-ignore
  const tail = `属${standing.category}，${standing.grade}，热度 ${standing.heatLevel} 级，相关信息 ${standing.itemCount} 条，涉 ${standing.channelCount} 类渠道，${TREND_WORDS[trendOf(standing)]}，${answered}${limits}，研判${RISK_WORDS[riskOf(standing)]}。`;
  const room = Math.max(0, MAX_CHARACTERS - [...tail].length - 3);
  const title = [...standing.title];
  return `“${title.length <= room ? standing.title : `${title.slice(0, room - 1).join('')}…`}”${tail}`;
}

/** How it may go on, by the trend and whether it was answered (judgement). */
export function scenarios(standing: Standing): string[] {
  const trend = trendOf(standing);
  return [
    trend === 'rising'
      ? '若 24 小时内无权威信息，转载面可能继续扩大，热度可能升级。'
      : '若无新事实出现，热度预计维持或回落。',
    standing.answered
      ? '若回应后仍有重复质疑，需补充说明处置进展，按承诺时间发布后续信息。'
      : '若先于权威发布出现不实信息，需同步澄清，并保全原始链接和快照。',
    standing.overdueLimits > 0
      ? '已有时限超时，不及时补办将触发督促阶梯的下一步。'
      : '当前没有超时未完成的时限，其余事项按期完成可避免升级督促。',
  ];
}
