import { NUMBER } from './skeleton.js';

export const FIGURE_NAMES = [
  'deaths',
  'injured',
  'seriousInjured',
  'missing',
  'trapped',
  'evacuated',
  'ill',
  'crowd',
  'households',
  'directLossWan',
  'casualties',
] as const;
export type FigureName = (typeof FIGURE_NAMES)[number];

/** `lightInjured` is only a part from which `injured` is summed. */
export type PatternTarget = FigureName | 'lightInjured';

export interface FigurePattern {
  target: PatternTarget;
  /** Group `n` is the number; group `gap` what stands between the persons and what happened to them. */
  pattern: RegExp;
  /** The wording says a total. */
  cumulative?: true;
  /** The gap may hold no such word. */
  gapWithout?: RegExp;
}

const N = NUMBER;
const MEASURES =
  '年月日号时点分秒天周岁楼层米吨斤克车辆架艘只头条棵株匹家户座栋间幢起场次项种批份套件元块度级公里平亩瓦伏升代届期省市县区乡镇村校所院国队组班道路线轮回声处片死伤亡重轻%被口对';
const NOT_PERSONS = '小时|多?月|半|星期|县|村|乡|镇|省|市|国家|点|单位|家庭|区|街道|社区|班|学校|品种|车|厂|项目|方面';
const PERSON_SIGN = '人工员生童民者子客师孩妇兵警犯囡娃婴友';
/** 发生, 施工, 电子 end like a word for persons. */
const NOT_VERB = '(?<![发产]生|[施停复开完罢加竣动]工|电子|房子|车子|方子)';
/** Persons: `3名`, `5人`, `32学生`, `一环卫工`. */
const PERSONS = `(?:(?:名|位|个(?!${NOT_PERSONS}))|人(?!民|次|大|行|口|均|气|为因)|(?!小时|[${MEASURES}])\\p{Script=Han}{0,5}?[${PERSON_SIGN}]${NOT_VERB})`;
const HEAD = `(?<n>${N})${PERSONS}`;
/** Words of the same clause; dates and ages among them are no counts. */
const gap = (most: number) => `(?<gap>(?:[^${N},、。;!?:\\n]|${N}(?=[年月日号时点分岁楼层米])){0,${most}}?)`;
const TO =
  '(?:目前|现|已|共|累计|一共|合计|初步|最新)*(?:升至|增至|增加到|增加至|上升至|上升到|升到|升为|增为|攀升至|达到|达|为|是|更正为|修正为|更新为|调整为|下调为|下调至|降为|降至|确认为|定为)';
const COUNTED = '(?:名|位|个)?(?:人|$|(?=[,。;、)!]))';
const totals = (word: string) =>
  `${word}(?:者|人员|工人|学生|群众)?(?:总?人数|总数)?(?:[由从]${N}人?)?(?:${TO}|(?<=数))(?<n>${N})${COUNTED}`;
const SOME_PERSONS = `(?:(?:名|位|个(?!${NOT_PERSONS}))?(?:(?!小时|[${MEASURES}])\\p{Script=Han}{0,5}?[${PERSON_SIGN}]${NOT_VERB})|名|位)(?!\\p{Script=Han}{0,6}(?:伤|失踪|失联|下落|被困|送医|死|亡|获救)(?!亡?(?:者|人数)?${N}))`;

const KILL = '[烧压砸淹炸捅砍电毒熏轧碾踩打杀撞摔呛冻闷憋刺]死';
const DEATH = `(?:死亡(?!赔|补|证明|人数|病例|原因|时间|率|名单|威胁|边缘|线)|身亡|遇难(?!者|人数|总数)|丧生|罹难(?!者)|殒命|丧命|毙命|送命|殉职|牺牲(?!了?休息|自己|个人|色相|利益|环境)|溺亡|坠亡|溺毙|遇害|当场亡|(?:不幸|抢救无效|不治)(?:去世|离世|而亡)|${KILL}(?!了?${N})|葬身|窒息死|致死|中毒死|死(?=了|[,。;!?、]|$)|亡(?=[,。;!?、]|$))`;
const NEVER_DEAD =
  /无(?!效)|未|没|不(?![幸治慎同明])|家属|亲属|遗属|亲友|嫌疑|凶手|涉嫌|致(?![死命]|窒息)|将|把|造成|导致|其中|目睹|悼念|救出|生还|获救|脱险|以外/;
const NOT_HURT = /无(?!效)|未|没|不(?![幸慎同])|家属|嫌疑|致(?![伤残])|将|把|造成|导致|其中|死亡|身亡|遇难/;
const HARM =
  '(?:受伤|轻伤|受轻伤|轻微伤|受了伤|负伤|送医|送往\\p{Script=Han}{0,10}医院|送至\\p{Script=Han}{0,10}医院|入院|住院|送院|就医|接受治疗|[烧灼烫擦摔撞砸炸捅砍打刺划咬刮]伤|骨折|挂彩)';
const SERIOUS = '(?:重伤|伤势(?:较|严|很|过)?重|伤情(?:较|严|危)?重|伤势危急|危重|病危|生命垂危)';
const SICK = '(?:中毒|呕吐|上吐下泻|腹泻|腹痛|恶心|发热|发烧|不适|头晕|晕倒|昏迷)';

/** One of these signs stands in every wording of a target: most texts need not be searched for most targets. */
export const SIGNS_OF: Record<PatternTarget, RegExp> = {
  casualties: /伤/,
  deaths: /[死亡难丧罹殒殉牺溺毙害杀世葬命者]/,
  missing: /[联踪落系讯冲卷]/,
  trapped: /[困埋压卡]/,
  ill: /[毒病吐泻痛恶热烧适晕昏]/,
  seriousInjured: /[伤重危垂]/,
  lightInjured: /伤/,
  injured: /[伤医院治骨彩]/,
  evacuated: /[疏移撤置避]/,
  crowd: /[聚围访堵静示游罢械殴打参]/,
  households: /户/,
  directLossWan: /损失/,
};

/** In order of precedence: a number belongs to the first pattern that takes it. Flags d, g, u; all gaps are bounded. */
export const FIGURE_PATTERNS: readonly FigurePattern[] = [
  of('casualties', `(?:死伤|伤亡)(?:者|人数|人员)?(?:${TO})?(?:近)?(?<n>${N})(?:余|多)?(?:名|位)?人`),
  of('casualties', `${HEAD}${gap(6)}(?:死伤|伤亡)`),
  { ...of('deaths', totals('(?:死亡|遇难|罹难|死难|丧生|死者)')), cumulative: true },
  of(
    'deaths',
    `(?:死亡|遇难|罹难|丧生|身亡|殉职|牺牲|溺亡)(?:\\p{Script=Han}{0,4})?(?<n>${N})${SOME_PERSONS}(?!口)`,
    /赔|补|事故|时间|证明|病例|[起辆头只棵株]|[者人]?家|亲|[笑累气吓烦急忙馋羞困热晒饿]/,
  ),
  of('deaths', `(?:${KILL}|致死|毒杀|杀害)(?:了)?(?<n>${N})${SOME_PERSONS}`),
  of(
    'deaths',
    `(?<![笑累气吓烦急忙馋羞困热晒饿爽嗨秀帅甜美酸辣爱恨想腻卷丑蠢笨怕])死(?:了|掉|去)?(?<n>${N})${SOME_PERSONS}`,
  ),
  of('deaths', `(?:夺走|夺去|带走|吞噬)(?:了)?(?<n>${N})(?:条|个)\\p{Script=Han}{0,4}?[生人性]?命`),
  of('deaths', `(?<n>${N})(?:人|名)?(?:死(?![满球角心党活板线者亡伤难记讯因敌忠守读于在法])|亡(?![羊者故灵国]))`),
  of('deaths', `死亡(?:人数)?(?:较|比)\\p{Script=Han}{0,6}增加(?<n>${N})(?:名|位)?人`),
  { ...of('deaths', `${HEAD}${gap(16)}${DEATH}`), gapWithout: NEVER_DEAD },
  of(
    'deaths',
    `(?<n>${N})(?:名|位|个)(?:遇难|罹难|死难|已?死亡|溺亡)?(?:者|逝者|死者)(?!家|亲|的家|的亲|遗属|生前)`,
    /^$/,
  ),
  of('deaths', `(?<n>${N})人[^${N}。!?;]{0,24}双双(?:\\p{Script=Han}{0,3})${DEATH}`),
  { ...of('missing', totals('(?:失联|失踪|下落不明)')), cumulative: true },
  of('missing', `(?:失联|失踪|失去联系)(?:人员|者)?(?<n>${N})(?:名|位)?人`),
  of('missing', `(?<n>${N})(?:失联|失踪)`),
  {
    ...of('missing', `${HEAD}${gap(8)}(?:失联|失踪|下落不明|失去联系|取得联系|音讯全无|被冲走|被卷走)`),
    gapWithout: /死|伤|将|与|救|造成/,
  },
  { ...of('trapped', totals('(?:被困|受困|被埋)')), cumulative: true },
  of('trapped', `(?:被困|受困|被埋)(?:人员|群众|者)?(?<n>${N})(?:余|多)?(?:名|位)?人`),
  {
    ...of('trapped', `${HEAD}${gap(10)}(?:被困|受困|被埋|被压|被掩埋|困在|困于|被卡)`),
    gapWithout: /无|未|没|将|救|死|伤|营/,
  },
  of('ill', `(?:中毒|毒倒|发病|染病)(?:人数|人员|者|学生)?(?:${TO})?(?<n>${N})${SOME_PERSONS}`),
  {
    ...of('ill', `${HEAD}${gap(18)}${SICK}`),
    gapWithout: /无(?!证)|未(?:出现|发现|见|造成|发生)|没|家属|死亡|将|受伤|处理|处置|应对/,
  },
  of('seriousInjured', `(?:重伤|危重)(?:人员|者)?(?<n>${N})(?:名|位)?人`),
  of('seriousInjured', `(?<n>${N})重伤`),
  { ...of('seriousInjured', `${HEAD}${gap(8)}${SERIOUS}`), gapWithout: NOT_HURT },
  of('lightInjured', `(?:轻伤|轻微伤)(?:人员|者)?(?<n>${N})(?:名|位)?人`),
  of('lightInjured', `(?<n>${N})轻伤`),
  { ...of('lightInjured', `${HEAD}${gap(8)}(?:轻伤|轻微伤|伤势较轻|伤情较轻)`), gapWithout: NOT_HURT },
  { ...of('injured', totals('(?:受伤|伤者)')), cumulative: true },
  of('injured', `(?:受伤|送医|[烧灼烫摔撞砸炸捅砍打刺咬]伤|伤者|伤员)(?:人员|群众|学生|了)?(?<n>${N})${SOME_PERSONS}`),
  of('injured', `(?<![死轻重烧砸撞炸])伤(?<n>${N})(?:名|位)?人(?!伤)`),
  of('injured', `(?:(?<![死亡难])|(?!${N}人伤${N}))(?<n>${N})人?伤(?![势情口者员害亡感病人心寒])`),
  { ...of('injured', `${HEAD}${gap(12)}${HARM}`), gapWithout: NOT_HURT },
  of(
    'evacuated',
    `(?:疏散|转移|撤离|撤出|安置(?![点房]))(?:了)?\\p{Script=Han}{0,8}?(?<n>${N})(?:余|多)?(?:[名位](?=[,。;、]|$)|[名位]?(?:人(?!次)|群众|居民|村民|员工|学生|师生|工人))`,
  ),
  { ...of('evacuated', `${HEAD}${gap(8)}(?:疏散|转移|撤离|紧急避险)`), gapWithout: /参与|组织|负责|协助|投入|帮助/ },
  {
    ...of(
      'crowd',
      `${HEAD}${gap(8)}(?:聚集|聚众|围堵|上访|堵路|堵门|静坐|示威|游行|罢工|械斗|斗殴|群殴|打砸|参与(?!扑|救|搜|抢|活动|比|演|处|行动|调|了?扑|了?救))`,
    ),
    gapWithout: /嫌疑|救|警|消防|死|伤|造成|致/,
  },
  of('crowd', `(?:聚集|参与(?:人数|人员)?)(?:了|${TO})?(?<n>${N})(?:余|多)?(?:名|位)?人`),
  {
    ...of(
      'households',
      `(?<n>${N})(?:余|多)?户${gap(10)}(?:停水|停气|停电|断水|断电|断气|断供|供水中断|供电中断|供气中断)`,
    ),
    gapWithout: /恢复|未|没/,
  },
  of('households', `(?:停水|停气|停电|断水|断电|断气)[\\p{Script=Han},]{0,8}?(?<n>${N})(?:余|多)?户`, /恢复/),
  of('directLossWan', `(?<n>${N})元(?:的)?直接(?:经济|财产)?损失`),
  of(
    'directLossWan',
    `(?<!间接)(?:直接(?:经济|财产)?|经济|财产)损失\\p{Script=Han}{0,8}?:?(?<n>${N})(?:余|多)?元(?:人民币)?(?:以上)?`,
  ),
  // 元 left out: the number itself ends with 万 or 亿, which the finder checks.
  of('directLossWan', `直接(?:经济|财产)?损失\\p{Script=Han}{0,8}?:?(?<n>${N})(?:以上)?(?![\\p{Script=Han}%])`),
];

function of(target: PatternTarget, source: string, gapWithout?: RegExp): FigurePattern {
  return { target, pattern: new RegExp(source, 'dgu'), ...(gapWithout === undefined ? {} : { gapWithout }) };
}
