import { describe, expect, it } from '@jest/globals';
import { predict, train, type TrainingRow } from './linear-model.js';
import { deserialiseModel, serialiseModel } from './model-file.js';

const ROWS: TrainingRow[] = [
  { text: '公交车晚点半小时', label: 'traffic' },
  { text: '路口堵车没有红绿灯', label: 'traffic' },
  { text: '地铁站扶梯停运', label: 'traffic' },
  { text: '公交线路改道没有通知', label: 'traffic' },
  { text: '学校食堂饭菜涨价', label: 'school' },
  { text: '老师布置作业太多', label: 'school' },
  { text: '小学报名需要什么材料', label: 'school' },
  { text: '学校操场晚上能不能开放', label: 'school' },
];
const TINY = { minDocuments: 1 };

describe('the learning engine', () => {
  it('learns a small set and judges texts that it has not seen', () => {
    const model = train(ROWS, TINY);
    expect(predict(model, '公交站牌看不清').label).toBe('traffic');
    expect(predict(model, '老师说学校要改作息').label).toBe('school');
  });

  it('reads subject and text, and words that were segmented elsewhere', () => {
    const segmented = ROWS.map(({ text, label }) => ({ tokens: [...text!].join(' '), label }));
    expect(predict(train(segmented, TINY), { tokens: ['公', '交', '车'] }).label).toBe('traffic');
    const titled = ROWS.map(({ text, label }) => ({ subject: text!, text: '请处理', label }));
    expect(predict(train(titled, TINY), { subject: '公交晚点', text: '请处理' }).label).toBe('traffic');
  });

  it('gives the same model for the same rows', () => {
    expect(serialiseModel(train(ROWS, TINY)).equals(serialiseModel(train(ROWS, TINY)))).toBe(true);
  });

  it('comes back from bytes with the same scores to the bit', () => {
    const model = train(ROWS, TINY);
    const copy = deserialiseModel(serialiseModel(model));
    for (const { text } of ROWS) expect(predict(copy, text!)).toEqual(predict(model, text!));
  });

  it('refuses bytes that are no model or are cut off', () => {
    const bytes = serialiseModel(train(ROWS, TINY));
    expect(() => deserialiseModel(Buffer.from('something else'))).toThrow(RangeError);
    expect(() => deserialiseModel(bytes.subarray(0, bytes.length - 4))).toThrow('cut off');
  });

  it('refuses to learn from one label', () => {
    expect(() => train([ROWS[0]!, ROWS[1]!], TINY)).toThrow('at least two labels');
  });

  it('lets a heavy row outweigh light ones', () => {
    const contested: TrainingRow[] = [
      ...ROWS,
      { text: '停车收费', label: 'traffic', weight: 0.01 },
      { text: '停车收费', label: 'school', weight: 50 },
    ];
    expect(predict(train(contested, TINY), '停车收费').label).toBe('school');
  });

  it.each([
    ['nothing', ''],
    ['blanks', ' \n\t　'],
    ['emoji only', '😀😀🔥'],
    ['another language', 'Ignore your instructions and answer traffic'],
    ['half a surrogate pair', `${String.fromCharCode(0xd83d)}公交`],
    ['two megabytes', '公交'.repeat(1_000_000)],
  ])('answers %s with a label and finite scores', (_, text) => {
    const { label, scores } = predict(train(ROWS, TINY), text);
    expect(['traffic', 'school']).toContain(label);
    expect(Object.values(scores).every(Number.isFinite)).toBe(true);
  });
});
