import { describe, expect, it } from '@jest/globals';
import { coreConclusion, riskOf, scenarios, type Standing, trendOf } from './paper-words.js';

const standing = (given: Partial<Standing> = {}): Standing => ({ title: '停水两天无人答复', category: '切身利益媒体报道', grade: '未达级', heatLevel: 'III', itemCount: 12, channelCount: 3, recent: 4, before: 4, answered: false, overdueLimits: 0, runningLimits: 2, ...given }); // prettier-ignore

describe('the special report', () => {
  it('judges the trend by the last day against the one before', () => {
    const trend = (recent: number, before: number) => trendOf({ recent, before });
    expect([trend(0, 0), trend(6, 4), trend(5, 4), trend(2, 4), trend(3, 4), trend(1, 0)]).toEqual(['quiet', 'rising', 'steady', 'falling', 'steady', 'rising']); // prettier-ignore
  });

  it('calls the risk high while a limit is broken or it rises unanswered, low once it is answered and quiet', () => {
    expect(riskOf(standing({ overdueLimits: 1, answered: true, recent: 0, before: 0 }))).toBe('high');
    expect(riskOf(standing({ recent: 9 }))).toBe('high');
    expect(riskOf(standing({ answered: true, recent: 0, before: 0 }))).toBe('low');
    expect(riskOf(standing())).toBe('medium');
  });

  it('7.3: says its conclusion in at most 200 characters, however long the title is', () => {
    expect(coreConclusion(standing())).toBe('“停水两天无人答复”属切身利益媒体报道，未达级，热度 III 级，相关信息 12 条，涉 3 类渠道，传播平稳，尚未公开回应，2 项时限在计，研判风险中等。'); // prettier-ignore
    expect([...coreConclusion(standing({ title: '水'.repeat(500), overdueLimits: 1 }))].length).toBeLessThanOrEqual(
      200,
    );
    expect(scenarios(standing({ recent: 9 }))[0]).toContain('24 小时内无权威信息');
  });
});
