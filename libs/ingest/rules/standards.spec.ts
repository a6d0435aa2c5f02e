import { describe, expect, it } from '@jest/globals';
import { crossesThreshold, matchStandard, type MonitoringStandard } from './standards.js';

const standard = (more: Partial<MonitoringStandard>): MonitoringStandard => ({
  id: 's',
  bodyId: 'b',
  words: ['停水', '爆管'],
  exclusions: ['演练'],
  minimumWords: 1,
  alarmItems: 3,
  alarmHours: 2,
  ...more,
});

describe('the monitoring standard of a body (domain R3)', () => {
  it('finds its words with their places', () => {
    expect(matchStandard('城东爆管\n从昨晚停水', standard({}))).toEqual([
      { word: '停水', at: 8 },
      { word: '爆管', at: 2 },
    ]);
  });

  it('is not met by an excluded word, by too few words, or by none', () => {
    expect(matchStandard('停水演练', standard({}))).toBeNull();
    expect(matchStandard('停水', standard({ minimumWords: 2 }))).toBeNull();
    expect(matchStandard('停电', standard({ minimumWords: 0 }))).toBeNull();
  });

  it('two bodies with different standards judge the same text differently', () => {
    const text = '学校门口停水';
    expect(matchStandard(text, standard({}))).not.toBeNull();
    expect(matchStandard(text, standard({ words: ['校车'] }))).toBeNull();
  });

  it('gives the alarm once when the threshold is crossed', () => {
    expect([
      crossesThreshold({ before: 1, added: 1 }, 3),
      crossesThreshold({ before: 2, added: 4 }, 3),
      crossesThreshold({ before: 3, added: 1 }, 3),
      crossesThreshold({ before: 0, added: 9 }, null),
    ]).toEqual([false, true, false, false]);
  });
});
