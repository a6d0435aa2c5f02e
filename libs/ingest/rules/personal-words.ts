import { before, type Candidate, candidate, halfWidth } from './personal-numbers.js';

/** Accounts, plates, addresses below the street, names and what tells of a child. */
export function personalWords(text: string): Candidate[] {
  const view = halfWidth(text);
  return [
    ...accounts(text, view),
    ...plates(text, view),
    ...addresses(text, view),
    ...minors(text, view),
    ...names(text, view),
  ];
}

const EMAIL = /[A-Za-z0-9][\w.+-]{0,63}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){0,5}\.[A-Za-z]{2,24}/g;
const WECHAT =
  /(?<=(?:微信|威信|薇信|[vVwW][xX]|V信|wechat)(?:号码?|ID|id)?\s*(?:是|为)?[\s::]{0,3})[a-zA-Z][\w-]{5,19}(?![\w-])/gi;
const QQ = /(?<=(?:QQ|qq|扣扣)(?:号码?)?\s*(?:是|为)?[\s::]{0,3})[1-9]\d{4,11}(?!\d)/gi;

function accounts(text: string, view: string): Candidate[] {
  const masked = (value: string) => `${value.slice(0, 1)}***`;
  return [
    ...[...view.matchAll(EMAIL)].map((match) =>
      candidate(text, 'email', match, `${masked(match[0])}${match[0].slice(match[0].indexOf('@'))}`),
    ),
    ...[...view.matchAll(WECHAT)].map((match) => candidate(text, 'wechat', match, masked(match[0]))),
    ...[...view.matchAll(QQ)].map((match) => candidate(text, 'qq', match, masked(match[0]))),
  ];
}

/** GA 36-2018: province, office letter, five places (six for new energy); I and O are not used. Police plates name no person. */
const PLATE =
  /[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z][·.\- ]?(?=[A-HJ-NP-Z0-9]*\d)(?:[A-HJ-NP-Z0-9]{6}|[A-HJ-NP-Z0-9]{4}[A-HJ-NP-Z0-9挂学港澳])(?![A-Za-z0-9])/g;
const plates = (text: string, view: string) =>
  [...view.matchAll(PLATE)].map((match) => candidate(text, 'plate', match, `${match[0].slice(0, 2)}*****`));

const COUNT = '(?:\\d{1,4}|[一二三四五六七八九十百]{1,4}|[A-Za-z]\\d{0,3})';
/** From the building down; the estate and the street stay, the office needs them for the matter. */
const BUILDING = new RegExp(
  `${COUNT}\\s*(?:号楼|栋|幢|座(?!谈|位|机|城|大桥|桥|山))\\s*(?:${COUNT}\\s*单元)?\\s*(?:[东西南北]户|${COUNT}\\s*楼)?\\s*(?:\\d{2,5}(?:-\\d{1,4})?\\s*(?:室|号|房|户)?)?|${COUNT}\\s*单元\\s*(?:\\d{2,5}\\s*(?:室|号|房|户)?)?`,
  'g',
);
const VILLAGE_GROUP = new RegExp(
  `(?<=(?:村|社区|居委会|大队))\\s*${COUNT}\\s*(?:村民小)?(?:组|队)\\s*(?:\\d{1,4}\\s*号)?`,
  'g',
);
const ROOM =
  /(?<=(?:小区|花园|公寓|苑|家园|新村|花苑|宿舍|大厦|\d号|弄))\s*\d{1,3}(?:-\d{1,3}){1,2}-?\d{0,4}(?![\d-])(?:室|号|户)?|(?<=\d号)\s*\d{3,4}室/g;
const HOME_NUMBER =
  /(?<=(?:家住|住址|住在|家庭地址|家庭住址|户籍地址|现住)[^,。;,;\n]{0,30}[路街道巷弄])\s*\d{1,5}(?:弄\d{1,4})?(?:-\d{1,4})?号/g;

function addresses(text: string, view: string): Candidate[] {
  return [BUILDING, VILLAGE_GROUP, ROOM, HOME_NUMBER].flatMap((pattern) =>
    [...view.matchAll(pattern)]
      .filter((match) => isDwelling(view, match.index, match[0]))
      .map((match) => candidate(text, 'address', trimmedEnd(match), '***')),
  );
}

const trimmedEnd = (match: RegExpExecArray) => ({ index: match.index, 0: match[0].trimEnd() });

/** `3栋` of houses that are only counted ("拆除3栋违建") says where nobody lives. */
function isDwelling(view: string, start: number, value: string): boolean {
  if (/[号室房户组队元]$|\d$|楼$/.test(value.trim())) return true;
  return /(?:小区|花园|公寓|苑|家园|新村|城|园|府|湾|庄|里|号院|期|宿舍|住)\s*$/.test(before(view, start));
}

const SURNAMES =
  '王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付傅方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤常温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷曲盛冉翁蓝路游辛靳欧管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝';
const COMPOUND = '欧阳|上官|司马|诸葛|东方|皇甫|尉迟|公孙|慕容|司徒|令狐|宇文|长孙|夏侯|轩辕|南宫|独孤|端木|申屠';
const NAME = `(?:(?:${COMPOUND})|[${SURNAMES}])[\\u4e00-\\u9fa5]{1,2}`;
/** What can follow a name, so that the name ends where it does. */
const NAME_END =
  '(?=$|[^\\u4e00-\\u9fa5]|女士|先生|小姐|同志|反映|来电|投诉|举报|咨询|表示|称|说|诉|求|建议|的|在|于|因|家|联系|电话|身份证|住|现|是|向|被|今年|已|今|和|与|系|告)';
/** Reads forward from the label: to look back from every surname takes far longer. */
const CALLER = new RegExp(
  `(?:来电人|投诉人|举报人|反映人|诉求人|申请人|当事人|联系人|姓名|户主|业主|市民|村民|居民|患者|我叫|本人叫|名叫|我是)(?:姓名|为|是|叫)?[\\s::]{0,3}(${NAME})${NAME_END}`,
  'g',
);
const ADDRESSED = new RegExp(`(?<![\\u4e00-\\u9fa5]|[${SURNAMES}])${NAME}(?=女士|先生|小姐)`, 'g');
/** A person in office acts for the office and is not masked (domain 6.5). */
const OFFICE =
  /^[^,。;,;]{0,6}?(?:局长|书记|主任|市长|县长|区长|镇长|乡长|村长|科长|处长|所长|队长|院长|校长|厅长|部长|行长|法官|检察官|发言人|代表)/;
/** Surnames that are common words: after a general word for a person they are no name. */
const WORD_AFTER_LABEL = /^[和房成文安高时向连查应莫孙常关于全]/;
/** Words that begin like a name. */
const NO_NAME =
  /[某××*]|^(?:我|你|他)|[省市县区镇乡村街路州港]$|^(?:高三|高二|高一|高中|高考|单身|单亲|时候|方便|方式|应该|全部|全体|成年|成都|和平|和谐|关于|关系|于是|向你|明天|明显|安全|安置|常住|常年|万分|文明|平时|白天|华为|金融|施工|江苏|任何|许多|何时|何处|路人|管道|解决|包括|连续|阳光|简单|游客|农民|车主|商户|商家|师傅|经营|党员|卫生|米饭)/;

/** The name at the end of a match that begins with its label. */
const named = (match: RegExpExecArray): { index: number; 0: string } => {
  const name = match[1]!;
  return { index: match.index + match[0].length - name.length, 0: name };
};

function names(text: string, view: string): Candidate[] {
  return [...[...view.matchAll(CALLER)].map(named), ...view.matchAll(ADDRESSED)].flatMap((match) => {
    const rest = view.slice(match.index + match[0].length, match.index + match[0].length + 10);
    if (NO_NAME.test(match[0]) || OFFICE.test(rest)) return [];
    if (WORD_AFTER_LABEL.test(match[0]) && /(?:村民|居民|业主|市民|患者|姓名)$/.test(before(view, match.index)))
      return [];
    return [candidate(text, 'name', match, maskedName(match[0]))];
  });
}

function maskedName(name: string): string {
  const surname = new RegExp(`^(?:${COMPOUND})(?=.)`).exec(name)?.[0] ?? name.slice(0, 1);
  return surname + '某'.repeat(name.length - surname.length);
}

const CLASS =
  /(?<=(?:小学|中学|学校|幼儿园|一中|二中|三中|附小|附中|实小|高中|初中|外国语))\s*(?:(?:[一二三四五六七八九]|\d|[高初][一二三])\s*年?级?\s*)?[((]?\s*(?:\d{1,2}|[一二三四五六七八九十]{1,2}|大|中|小|托)\s*[))]?\s*班(?!主任|级群|车|子)/g;
/** A relation names a child without more; a general word ("学生") only with a word of naming. */
const CHILD = new RegExp(
  `(?:(?:儿子|女儿|孙子|孙女|外孙女?|侄子|侄女)(?:姓名|名叫|叫|名字叫|名字是)?[\\s::]{0,2}|(?:孩子|小孩|幼儿|学生|小朋友|男童|女童)(?:的?姓名[\\s::]{0,2}|名叫|叫|名字叫|名字是|:|:))(${NAME})${NAME_END}`,
  'g',
);

function minors(text: string, view: string): Candidate[] {
  return [
    ...[...view.matchAll(CLASS)].map((match) => candidate(text, 'minor', match, '某班')),
    ...[...view.matchAll(CHILD)]
      .map(named)
      .filter((match) => !NO_NAME.test(match[0]) && !WORD_AFTER_LABEL.test(match[0]))
      .map((match) => candidate(text, 'minor', match, '某'.repeat(match[0].length))),
  ];
}
