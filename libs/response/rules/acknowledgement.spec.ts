import { expect, test } from '@jest/globals';
import { isAcknowledgementOnly } from './acknowledgement.js';

const words = { words: ['已收到', '正在核实', '高度重视'], otherCharacters: 20 };

test('E-07 “已收到,正在核实” acknowledges only', () => {
  expect(isAcknowledgementOnly('您反映的停水问题已收到，正在核实。', words)).toBe(true);
});

test('a text that tells what happened is a release, also while causes are looked into', () => {
  const told = '11月20日14时05分，洋口镇一企业发生爆炸，已造成5人死亡，伤者送医，原因正在核实。';
  expect(isAcknowledgementOnly(told, words)).toBe(false);
  expect(isAcknowledgementOnly('今晚恢复供水。', words)).toBe(false);
});
