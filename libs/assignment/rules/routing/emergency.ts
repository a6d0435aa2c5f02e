import { HAZARD, HEAD, NO_EMERGENCY, SUDDEN, VICTIMS } from './cues.js';
import type { Facts } from './types.js';

export interface Emergency {
  lead: string;
  assist: readonly { code: string; task: string }[];
}

/** Event types that other bodies than the emergency bureau lead (rule A10: by type). */
const LEAD_BY_TYPE: Readonly<Record<string, string>> = {
  infectious: 'HEAL',
  food_poisoning: 'HEAL',
  occupational_poisoning: 'HEAL',
  drug_vaccine: 'HEAL',
  mass_incident: 'POLICE',
  armed_fight: 'POLICE',
  criminal: 'POLICE',
  environment: 'ENV',
};

const HEALTH = /(?:食物|集体).{0,2}中毒|呕吐|腹泻|疫情|传染病|聚集性|诺如|暴发|霍乱|登革热|炭疽/u;
const CRIME = /砍(?:人|伤|死)|捅(?:人|伤|死)|持刀|枪击|绑架|恐怖|冲卡|械斗|劫持/u;

const ASSISTS: readonly { when: RegExp; code: string; task: string }[] = [
  { when: /火|炸|燃|困|坍|塌|埋|透水|泄漏|落水|坠/u, code: 'FIRE', task: '灭火与抢险救援' },
  { when: /化工|危化|泄漏|液氨|氯气|油罐|农药厂|毒/u, code: 'ENV', task: '环境应急监测' },
  { when: /决口|决堤|管涌|溃坝|洪水|漫堤|泄洪|内涝|水库/u, code: 'WATER', task: '防汛抢险与工程处置' },
  { when: /车祸|相撞|追尾|侧翻|踩踏|聚集|围堵/u, code: 'POLICE', task: '现场秩序与交通管制' },
  { when: /燃气|煤气|天然气|液化气/u, code: 'GASC', task: '关阀与管网抢修' },
  { when: /锅炉|电梯|扶梯|游乐设施|压力容器|特种设备|索道|叉车|食物中毒|食堂/u, code: 'MARK', task: '设备或食品调查' },
  { when: /工地|塔吊|脚手架|楼房|基坑|居民楼|在建/u, code: 'HOUS', task: '建设工程排险' },
  { when: /客车|大巴|货车|桥|公路|高速|渡船/u, code: 'TRAN', task: '道路与运输处置' },
  { when: /沉船|翻船|货船|渔船|轮船|游船|客船|两船|倾覆|江面|航道/u, code: 'MARI', task: '水上搜救' },
  { when: /学校|小学|中学|幼儿园|学生|校车/u, code: 'EDU', task: '师生安置与家长沟通' },
  { when: /伤|死|亡|送医|昏迷|抢救|中毒|呕吐|住院/u, code: 'HEAL', task: '医疗救治' },
];

/** Whether the text tells of an emergency (or triage says so), who leads it by type, and who assists (A10). Null = none. */
export function emergencyOf({ input, sharedMatter }: Facts): Emergency | null {
  const text = input.text.slice(0, HEAD);
  const told = (SUDDEN.test(text) || (HAZARD.test(text) && VICTIMS.test(text))) && !NO_EMERGENCY.test(text);
  const graded = input.categories?.includes('C5') === true || ['I', 'II', 'III'].includes(input.grade ?? '');
  if (!told && !graded) return null;
  const byType = input.eventTypes?.map((t) => LEAD_BY_TYPE[t]).find((c) => c !== undefined);
  const lead = byType ?? (HEALTH.test(text) ? 'HEAL' : CRIME.test(text) ? 'POLICE' : 'EMER');
  const assist = ASSISTS.filter((a) => a.code !== lead && a.when.test(text)).map(({ code, task }) => ({ code, task }));
  for (const co of sharedMatter?.co ?? [])
    if (co.code !== lead && !assist.some((a) => a.code === co.code)) assist.push(co);
  return { lead, assist };
}
