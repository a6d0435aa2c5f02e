/** A seeded flood of texts as a county sees it: almost nothing in it is its own business. Made of dictionary words and frames of our own. */
import { dict } from '@node-rs/jieba/dict.js';

/** mulberry32 */
export function random(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const words = Buffer.from(dict)
  .toString('utf8')
  .split('\n')
  .map((line) => line.split(' '))
  .filter(([word, frequency]) => /^\p{Script=Han}{2,3}$/u.test(word ?? '') && Number(frequency) > 200)
  .map(([word]) => word);

/** `flood(seed, town)` yields `{kind, channel, area, title, body}` for ever; `town` is a place of the county. */
export function* flood(seed, town) {
  const next = random(seed);
  const word = () => words[Math.floor(next() * words.length)];
  const some = (count) => Array.from({ length: count }, word).join('');
  const number = (most) => 1 + Math.floor(next() * most);
  const sentence = () => `${some(3 + number(5))}，${some(2 + number(4))}。`;
  const post = (title, body = '') => ({ kind: 'post', channel: 'weibo', area: null, title, body });
  const headlines = [
    () => post(`${some(2)}晒${some(2)}引热议`, sentence()),
    () => post(`${word()}联赛第${number(30)}轮${number(5)}比${number(5)}战平${word()}`, sentence() + sentence()),
    () => post(`新款${word()}发布，售价${number(9)}${number(9)}99元`, sentence()),
    () => post(`${word()}股份午后拉升，${word()}板块涨${number(9)}%`, sentence()),
    () => post('', `今天${some(3)}，${some(4)}，真的太${word()}了`),
    () => post(`如何评价${some(2)}？`, Array.from({ length: number(6) }, sentence).join('')),
    () => ({
      kind: 'article',
      channel: 'media',
      area: null,
      title: `某省${some(2)}会议召开`,
      body: Array.from({ length: 2 + number(8) }, sentence).join(''),
    }),
  ];
  const requests = [
    () => ({
      kind: 'call',
      channel: 'hotline',
      area: town,
      title: `反映${some(2)}问题`,
      body: `市民来电反映${town}${word()}路${some(4)}，希望尽快处理。${sentence()}`,
    }),
    () => ({
      kind: 'call',
      channel: 'hotline',
      area: town,
      title: `咨询${word()}政策`,
      body: `市民咨询${some(3)}如何办理，${sentence()}`,
    }),
  ];
  const ours = [
    () => post(`${town}${word()}小区停水${number(6)}天，居民提桶接水`, sentence()),
    () => post(`${town}一家${word()}仓库起火，${number(5)}人受伤送医`, `现场浓烟滚滚。${sentence()}`),
    () => post(`${town}城管当街推搡卖${word()}的老人`, `视频在传。${sentence()}`),
  ];
  const recent = [];
  for (;;) {
    const kind = next();
    if (kind < 0.05 && recent.length > 0) {
      yield recent[Math.floor(next() * recent.length)] ?? headlines[0]();
      continue;
    }
    const frames = kind < 0.9 ? headlines : kind < 0.995 ? requests : ours;
    const item = frames[Math.floor(next() * frames.length)]();
    recent[Math.floor(next() * 500)] = item;
    yield item;
  }
}
