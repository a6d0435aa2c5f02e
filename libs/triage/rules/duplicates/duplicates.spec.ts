import { describe, expect, it } from '@jest/globals';
import { DuplicateIndex } from './duplicate-index.js';
import { type DuplicatePolicy, fingerprint } from './fingerprint.js';
import { chooseOriginal, isCopy, judgeDuplicate, worthReading } from './judge-duplicate.js';

const policy: DuplicatePolicy = {
  shingleCharacters: 2,
  bands: 24,
  rowsPerBand: 5,
  seed: 7,
  maxCharacters: 2000,
  minCharacters: 12,
  nearSimilarity: 0.6,
  readSimilarity: 0.45,
  maxRead: 3,
};
const print = (text: string) => fingerprint(text, policy);
const judge = (a: string, b: string) => judgeDuplicate(print(a), print(b), policy)?.kind;

const POST = '江北路的排水管昨晚爆裂，路面积水没过膝盖，两家店铺进水，希望排水公司派人来抽水并说明什么时候修好';
const COPY = '江北路的排水管昨晚破裂，路面积水没过膝盖，两家商铺进水，希望排水公司派人来抽水并说明什么时候修好';
const OTHER = '请问新生儿医保参保登记需要带哪些材料，户口还没有上能不能先办理，窗口周末是否上班';

describe('copies of a text', () => {
  it('sees through width, case, white space, punctuation and zero-width characters', () => {
    const disguised = [...POST].join('\u200b').replace('，', ' , ').toUpperCase();
    expect(judge(POST, disguised)).toBe('exact');
    expect(judge('ＡＢＣ１２３小区停水了怎么办呢', 'abc123小区停水了，怎么办呢？')).toBe('exact');
  });

  it('calls a text with small changes a near copy and another text nothing', () => {
    expect(judge(POST, COPY)).toBe('near');
    expect(judge(POST, OTHER)).toBeUndefined();
  });

  it('never puts aside a text whose figures differ: they may be news; other numbers don’t matter', () => {
    const three = '据通报，化工园区仓库起火，已造成3人死亡，现场明火已被扑灭，原因正在调查';
    expect(judge(three, three.replace('3人', '5人'))).toBe('variant');
    expect(judge(three.replace('3人', '三人'), three.replace('3人', '五人'))).toBe('variant');
    expect(judge(three.replace('已造成3人死亡，', ''), three)).toBe('near');
    expect(isCopy('variant')).toBe(false);
    const dated = '5月3日化工园区仓库起火，记者电话83501234，现场明火已被扑灭，原因正在调查';
    expect(judge(dated, dated.replace('3日', '4日').replace('1234', '1235'))).toBe('near');
  });

  it('takes short texts as copies only when they are the same', () => {
    expect(judge('太可怕了吧', '太可怕了！吧')).toBe('exact');
    expect(judge('太可怕了吧啊', '太可怕了吧呀')).toBeUndefined();
    expect(judge('', '')).toBeUndefined();
    expect(print('🙂 …').bands).toHaveLength(0);
  });

  it('gives the same fingerprint for the same text, and bands within 32 bits for the database', () => {
    expect(print(POST)).toEqual(print(POST));
    expect(print(POST).signature).toHaveLength(120);
    expect([...print(POST).bands].every((hash) => Number.isInteger(hash) && Math.abs(hash) <= 2 ** 31)).toBe(true);
  });
});

describe('the index of a batch', () => {
  it('finds the best original and never the copy of a copy', () => {
    const index = new DuplicateIndex(policy);
    index.add('1', print(OTHER));
    index.add('2', print(POST));
    expect(index.findOriginal(print(COPY))).toMatchObject({ itemId: '2', kind: 'near' });
    expect(index.findOriginal(print('完全不相干的一句话，说的是公园里新种的樱花今天开了'))).toBeUndefined();
  });

  it('prefers the exact original, then the oldest', () => {
    const known = [
      { itemId: 'c', fingerprint: print(POST) },
      { itemId: 'a', fingerprint: print(COPY) },
      { itemId: 'b', fingerprint: print(POST) },
    ];
    expect(chooseOriginal(print(POST), known, policy)).toMatchObject({ itemId: 'b', kind: 'exact', similarity: 1 });
  });

  it('reads only stored texts whose signatures look alike, the most alike first, and not too many', () => {
    const stored = ['e', 'd', 'c', 'b'].map((itemId) => ({ itemId, signature: [...print(COPY).signature] }));
    stored.push(
      { itemId: 'a', signature: [...print(POST).signature] },
      { itemId: 'z', signature: [...print(OTHER).signature] },
    );
    expect(worthReading(print(POST).signature, stored, policy)).toEqual(['a', 'b', 'c']);
    expect(worthReading(print(POST).signature, [{ itemId: 'old', signature: [1, 2, 3] }], policy)).toEqual([]);
  });
});
