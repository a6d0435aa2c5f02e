import type { CityDirectory } from '#directory/contract.js';
import { conductOf } from './conduct.js';
import { CITY_SPEAKS, DECISION, DENIES } from './cues.js';
import { emergencyOf } from './emergency.js';
import { returnState } from './returns.js';
import { isDoubted, isRumour } from './rumour.js';
import type { Decision, Facts } from './types.js';

type Rule = (facts: Facts, directory: CityDirectory) => Decision | null;

/** A12: elsewhere. Watch or pass on; nobody here is ordered to answer. */
const outside: Rule = ({ place }) =>
  place.code === null
    ? { rule: 'A12', leadCode: null, at: 'root', sentence: '事发地不在本市（异地），不交办，关注或转送上级' }
    : null;

/** A5 after two bodies have returned the case: the office names the lead, the first receiver coordinates (NT19 Art.19). */
const returnedTwice: Rule = ({ input }, { roles }) =>
  returnState(input.returns ?? []).disputed
    ? {
        rule: 'A5',
        leadCode: roles.leadDecider,
        at: 'unit',
        leadDecisionBy: roles.leadDecider,
        sentence: '两家单位先后退回，属争议件：由政府办公室确定牵头部门，首接单位先行协调',
      }
    : null;

/** A10: emergencies go by type; the county is always in, propaganda and network office coordinate. An office that has no such body (a single bureau) goes by the matter. */
const emergency: Rule = (facts, directory) => {
  const { roles, root } = directory;
  if (isRumour(facts) && isDoubted(facts)) return null;
  const found = emergencyOf(facts);
  if (found === null) return null;
  const { place } = facts;
  const here = [root.code, place.units[0] ?? place.code ?? root.code];
  if (here.every((code) => directory.bodyFor(code, found.lead) === undefined)) return null;
  const co = [...found.assist, { code: roles.leadDecider, task: '属地统筹与值守' }].filter(
    (c) => c.code !== found.lead,
  );
  return {
    rule: 'A10',
    leadCode: found.lead,
    at: 'unit',
    co,
    sentence: '突发事件：按类型确定牵头，属地到场，宣传、网信部门协调',
  };
};

/** A9: the competent body verifies, network office and police receive the transfer. */
const rumour: Rule = (facts, { roles }) => {
  if (!isRumour(facts)) return null;
  // Who denies it in the text knows the matter: 警方辟谣, 水务集团称不实.
  const denying = facts.named.find((n) => DENIES.test(facts.input.text.slice(n.end, n.end + 8)))?.code;
  const competent =
    facts.sharedMatter?.lead ?? denying ?? facts.candidates.find((c) => c.code !== roles.queue)?.code ?? roles.queue;
  const co = roles.rumourTransfer
    .filter((c) => c !== competent)
    .map((code) => ({ code, task: '接收不实信息线索并依法处置' }));
  return {
    rule: 'A9',
    leadCode: competent,
    at: 'unit',
    co,
    sentence: '涉不实信息：主管部门核实并回应，移送网信、公安',
  };
};

/** A8: the unit's superior answers, discipline gets a copy; the accused unit gives facts but does not speak alone. */
const conduct: Rule = ({ input, named, sharedMatter }, { roles }) => {
  const found = conductOf(input.text);
  if (found === null) return null;
  // Somebody's car accident or noise stays a matter of its own where an official is only mentioned.
  const another = sharedMatter?.lastResort === false && named.length === 0;
  if (another && !found.corrupt && !found.violent) return null;
  const accused = [...new Set(named.map((n) => n.code))].filter((c) => c !== roles.discipline);
  const co = accused.map((code) => ({ code, task: '提供事实，不得单独对外发布' }));
  if (found.violent && !accused.includes('POLICE')) co.push({ code: 'POLICE', task: '核查涉嫌违法行为' });
  const leadCode = found.corrupt ? roles.discipline : roles.leadDecider;
  return {
    rule: 'A8',
    leadCode,
    at: 'unit',
    co: co.filter((c) => c.code !== leadCode),
    copies: [roles.discipline],
    sentence: '涉公职人员行为：由其上级单位回应，抄送纪检监察机关',
  };
};

/** A1: a decision of the city. The department that the text names drafted it, else the one of the matter. */
const cityDecision: Rule = ({ input, place, named, candidates }, { root, roles, types }) => {
  const ofCity = named.filter((n) => n.level === 'city');
  // A utility carries a decision out; the department decides.
  const byCity = ofCity.find((n) => types.get(n.code)?.kind !== 'enterprise') ?? ofCity[0];
  const decided = DECISION.test(input.text);
  if (byCity === undefined) {
    const cityAlone = place.mentions.some(
      (m) => m.codes.includes(root.code) && !place.mentions.some((n) => n.start === m.end && n !== m),
    );
    const citySpeaks = cityAlone || CITY_SPEAKS.test(input.text);
    // The office that files all decisions is not the one that drafted this one, unless nothing else fits.
    const drafted = candidates.find((c) => c.code !== roles.leadDecider) ?? candidates[0];
    if (!decided || !citySpeaks || drafted === undefined) return null;
    return {
      rule: 'A1',
      leadCode: drafted.code,
      at: 'root',
      sentence: '涉及市级决策：由市级职能部门回应，县区协助',
    };
  }
  if (!decided && place.scope !== 'city') return null;
  const others = named
    .filter((n) => n.code !== byCity.code && n !== byCity)
    .map((n) => ({ code: n.code, task: '就本单位执行情况配合回应', at: 'root' as const }));
  return {
    rule: 'A1',
    leadCode: byCity.code,
    at: 'root',
    co: others,
    sentence: '涉及市级部门的决定：由作出决定的市级部门回应，县区协助',
  };
};

/** A11: no matter, or no county and no body that serves the whole city: a queue, never a department. */
const queue: Rule = ({ place, candidates, sharedMatter }, directory) => {
  const best = candidates[0];
  const kind = best === undefined ? undefined : directory.types.get(best.code)?.kind;
  const wide = (kind === 'vertical' || kind === 'enterprise') && sharedMatter?.lastResort !== true;
  const placed = place.scope !== 'city' || (directory.unitLevel === 'town' && place.named && place.how !== 'ambiguous');
  if (best !== undefined && (wide || placed)) return null;
  return {
    rule: 'A11',
    leadCode: directory.roles.queue,
    at: 'root',
    sentence:
      best === undefined
        ? '未识别出事项，进入待定队列，由网信办人工判定'
        : '未识别到县区，进入待定队列，由网信办人工判定',
  };
};

/** A4 and A3: more than one place; the upper level is first responsible, each county helps on its ground (NT19 Art.19). */
const severalPlaces: Rule = ({ place, candidates }) => {
  const leadCode = candidates[0]?.code;
  if (leadCode === undefined) return null;
  if (place.scope === 'acrossCities')
    return { rule: 'A4', leadCode, at: 'root', sentence: '涉及本市与外市：本市部分先行处置，并提请上级协调' };
  if (place.scope === 'several')
    return { rule: 'A3', leadCode, at: 'root', sentence: '涉及两个以上县区：由市级主管部门牵头，县区协助' };
  return null;
};

/** A6: vertically managed bodies answer themselves; the government keeps coordinating. */
const vertical: Rule = ({ candidates }, directory) => {
  const leadCode = candidates[0]?.code;
  if (leadCode === undefined || directory.types.get(leadCode)?.kind !== 'vertical') return null;
  return { rule: 'A6', leadCode, at: 'unit', sentence: '垂直管理单位主管事项：由该单位回应，属地政府协调' };
};

/** A7: utilities answer by reference (NT19 Art.44; HZ21 二(二)3), their regulator supervises and is a co-responder. */
const enterprise: Rule = ({ candidates }, directory) => {
  const leadCode = candidates[0]?.code;
  if (leadCode === undefined || directory.types.get(leadCode)?.kind !== 'enterprise') return null;
  return { rule: 'A7', leadCode, at: 'unit', sentence: '公共企事业单位服务事项：由企业办理并回应，行业主管部门监管' };
};

/** A2: one county (or town): its body of the matter; the city's body supervises (NT19 Art.19). */
const oneCounty: Rule = ({ candidates }) => ({
  rule: 'A2',
  leadCode: candidates[0]!.code,
  at: 'unit',
  sentence: '涉及单一县区：由属地主管部门回应，市级部门督导',
});

/** In order: the first that decides wins; later ones only add. */
export const RULES: readonly Rule[] = [
  outside,
  returnedTwice,
  emergency,
  rumour,
  conduct,
  cityDecision,
  queue,
  severalPlaces,
  vertical,
  enterprise,
  oneCounty,
];
