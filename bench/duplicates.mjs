/**
 * Copies that are found and false finds: `node bench/duplicates.mjs [texts] [copies]` after a build.
 * Generates texts of its own (seeded), plants copies with 5 % of the characters substituted, inserted, deleted or swapped, and
 * looks each text up among all others. Prints one JSON object; asserts nothing.
 */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { dict } from '@node-rs/jieba/dict.js';
import { loadDuplicatePolicy } from '../dist/libs/triage/policies.js';
import { DuplicateIndex } from '../dist/libs/triage/rules/duplicates/duplicate-index.js';
import { fingerprint } from '../dist/libs/triage/rules/duplicates/fingerprint.js';

const [texts = 20_000, copies = 2_000] = process.argv.slice(2).map(Number);
const CHANGED_SHARE = 0.05;

/** mulberry32 */
function random(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
const next = random(53);
const pick = (list) => list[Math.floor(next() * list.length)];

const words = Buffer.from(dict)
  .toString('utf8')
  .split('\n')
  .map((line) => line.split(' '))
  .filter(([word, frequency]) => /^\p{Script=Han}{2,3}$/u.test(word ?? '') && Number(frequency) > 200)
  .map(([word]) => word);

/** Phrases that many messages to an office share, so that texts on one subject look alike. */
const FRAMES = [
  () => `尊敬的领导您好，我是${pick(words)}小区的业主，现反映以下问题。`,
  () => `我们${pick(words)}街道${pick(words)}路一带最近${pick(words)}得厉害，${pick(words)}部门一直没有处理。`,
  () => `网传${pick(words)}镇发生${pick(words)}，现场有${1 + Math.floor(next() * 40)}人${pick(words)}，目前原因不明。`,
  () => `希望相关部门尽快给居民一个答复，谢谢。`,
  () => `${pick(words)}公司长期${pick(words)}，附近的${pick(words)}和${pick(words)}都受到影响。`,
  () => `从${1 + Math.floor(next() * 12)}月起已经投诉多次，得到的回复都是正在${pick(words)}。`,
  () => `请问${pick(words)}政策什么时候能在${pick(words)}县落实，大家都在等。`,
  () => `孩子在${pick(words)}学校上学，每天经过${pick(words)}，家长非常担心${pick(words)}问题。`,
];

function writeText() {
  const frames = FRAMES.map((write) => ({ write, order: next() })).sort((a, b) => a.order - b.order);
  const shared = frames.slice(0, 1 + Math.floor(next() * 3)).map(({ write }) => write());
  // What the matter is about, in words of its own, as long as the shared phrases.
  const own = Array.from({ length: shared.join('').length / 2 }, () => pick(words)).join('');
  return next() < 0.5 ? `${shared.join('')}${own}。` : `${own}。${shared.join('')}`;
}

function alter(text) {
  const characters = [...text];
  const edits = Math.max(1, Math.round(characters.length * CHANGED_SHARE));
  for (let i = 0; i < edits; i += 1) {
    const at = Math.floor(next() * characters.length);
    const kind = next();
    if (kind < 0.5) characters[at] = pick(words)[0];
    else if (kind < 0.7) characters.splice(at, 0, pick(words)[0]);
    else if (kind < 0.9) characters.splice(at, 1);
    else characters.splice(at, 2, ...characters.slice(at, at + 2).reverse());
  }
  return characters.join('');
}

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const policy = loadDuplicatePolicy(path.join(root, 'config'));
const originals = [...new Set(Array.from({ length: texts }, writeText))];
const planted = Array.from({ length: copies }, () => {
  const original = Math.floor(next() * originals.length);
  return { original: String(original), text: alter(originals[original]) };
});

const started = process.hrtime.bigint();
const index = new DuplicateIndex(policy);
const falseFinds = [];
originals.forEach((text, id) => {
  const print = fingerprint(text, policy);
  const found = index.findOriginal(print);
  if (found !== undefined) falseFinds.push({ id, ...found, text, of: originals[Number(found.itemId)] });
  index.add(String(id), print);
});
const hits = planted.map(({ original, text }) => ({ original, hit: index.findOriginal(fingerprint(text, policy)) }));
const found = hits.filter(({ original, hit }) => hit?.itemId === original);
const variants = found.filter(({ hit }) => hit.kind === 'variant');
const seconds = Number(process.hrtime.bigint() - started) / 1e9;
console.log(
  JSON.stringify({
    texts: originals.length,
    copies,
    found: found.length,
    recall: found.length / copies,
    ofThemVariants: variants.length,
    falseFinds: falseFinds.length,
    textsPerSecond: Math.round((originals.length + copies) / seconds),
    examples: falseFinds.slice(0, 3),
  }),
);
