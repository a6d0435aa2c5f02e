/** Chinese words of enumerations, as reports and sheets print them. */
export const CATEGORY_LABELS: Readonly<Record<string, string>> = {
  C1: '决策部署',
  C2: '重大活动、经济与改革',
  C3: '切身利益媒体报道',
  C4: '政府形象与公信力',
  C5: '重大突发事件',
  C6: '道德底线民生舆情',
  C7: '不实信息',
  'C7-suspected': '疑似不实信息',
  SR: '服务诉求',
  NONE: '未归类',
};

export const GRADE_LABELS: Readonly<Record<string, string>> = {
  I: 'Ⅰ级（特别重大）',
  II: 'Ⅱ级（重大）',
  III: 'Ⅲ级（较大）',
  IV: 'Ⅳ级（一般）',
  none: '未达级',
  unknown: '待定级',
};

export const BASIS_LABELS: Readonly<Record<string, string>> = {
  confirmed: '确认',
  potential: '潜在',
  declared: '公布',
};

export const INCIDENT_STATE_LABELS: Readonly<Record<string, string>> = {
  proposed: '待研判',
  confirmed: '已确认',
  assigned: '已交办',
  responded: '已回应',
  rectified: '已整改',
  accepted: '已验收',
  struckOff: '已销号',
  rejected: '已排除',
  merged: '已并案',
  outOfArea: '非本地',
};

export const CLOCK_STATE_LABELS: Readonly<Record<string, string>> = {
  armed: '计时中',
  dueSoon: '临期',
  paused: '暂停',
  met: '按时完成',
  metLate: '超时完成',
  overdue: '超时',
  superseded: '已由新时限取代',
  cancelled: '已取消',
  overdueAtUpgrade: '升级时已超时',
  notApplicable: '不适用',
};

/** A target that is missed is no limit that is passed: it is not called late (NT19 Art.21: 力争). */
const TARGET_STATE_LABELS: Readonly<Record<string, string>> = {
  met: '达到目标',
  metLate: '已完成，未达目标',
  overdue: '未达目标',
};

/** How a clock stands, by its force. */
export const clockStateOf = ({ force, state }: { force: string; state: string }): string =>
  (force === 'target' ? TARGET_STATE_LABELS[state] : undefined) ?? labelOf(CLOCK_STATE_LABELS, state);

export const STEP_LABELS: Readonly<Record<string, string>> = {
  notice: '提醒',
  reminder: '催办',
  urging: '催办',
  supervision: '督办',
  accountability: '问责移送',
  accountabilityReferral: '问责移送',
};

export const REASON_LABELS: Readonly<Record<string, string>> = {
  feedback: '核实反馈',
  handling: '处置反馈',
  response: '公开回应',
};

export const ROLE_LABELS: Readonly<Record<string, string>> = { lead: '主办', co: '协办', copy: '抄送' };

export const CHANNEL_LABELS: Readonly<Record<string, string>> = {
  media: '媒体',
  weibo: '微博',
  wechat: '微信',
  mailbox: '信箱',
  hotline: '热线',
  '12345': '12345 热线',
  web: '网站',
  feed: '订阅源',
  page: '网页',
  messageBoard: '留言板',
  disclosureApplication: '依申请公开',
  oneNetworkService: '一网通办',
  phoneIn: '政风行风热线',
  vendor: '数据服务商',
  manual: '人工登记',
  webhook: '接口推送',
  open311: '公众诉求接口',
  '': '未注明',
};

/** Topics beside the seven categories (JS19 二(三), YW18 二(四); domain R11), as config/categories/cues.yaml names them. */
export const TOPIC_LABELS: Readonly<Record<string, string>> = {
  finance: '金融安全',
  environment: '生态环境',
  poverty: '脱贫攻坚',
  medicine: '医药卫生',
  market: '市场监管',
  socialSecurity: '社会保障',
  publicOrder: '社会治安',
  realEstate: '房地产市场',
  schooling: '就学',
  housing: '住房保障',
  workSafety: '安全生产',
  disaster: '防灾减灾救灾',
  foodDrug: '食品药品安全',
  eldercare: '养老服务',
};

/** Where a number of a policy comes from. */
export const FLAG_LABELS: Readonly<Record<string, string>> = {
  S: '依据文件',
  N: '国家、省级文件',
  L: '外地做法',
  M: '待核实',
  J: '本系统设定',
};

export const labelOf = (labels: Readonly<Record<string, string>>, key: string | null): string =>
  key === null ? '' : (labels[key] ?? key);

/** `2026-11-26 09:05`, or with seconds, in Asia/Shanghai; empty for nothing. */
export function officeTime(instant: Date | null, withSeconds = false): string {
  if (instant === null) return '';
  const text = new Date(instant.getTime() + 8 * 3_600_000).toISOString();
  return `${text.slice(0, 10)} ${text.slice(11, withSeconds ? 19 : 16)}`;
}

/** `7 小时 30 分 0.5 秒`; a dash for nothing. Parts that are zero are left out, seconds keep their fraction. */
export function spanText(milliseconds: number | null): string {
  if (milliseconds === null) return '—';
  const minutes = Math.floor(milliseconds / 60_000);
  const seconds = (milliseconds - minutes * 60_000) / 1_000;
  const parts = [
    minutes >= 60 ? `${Math.floor(minutes / 60)} 小时` : '',
    minutes % 60 > 0 ? `${minutes % 60} 分` : '',
    seconds > 0 ? `${seconds} 秒` : '',
  ].filter((part) => part !== '');
  return parts.length === 0 ? '0 分' : parts.join(' ');
}

/** Why a clock ended or was passed by another one. */
export const CLOCK_REASON_LABELS: Readonly<Record<string, string>> = {
  cancelled: '发布会已取消',
  waived: '发布会已免予举行',
  replanned: '发布会改期',
  merged: '已并案',
  unmerged: '已撤销并案',
  split: '已拆分',
  rejected: '不予处置',
  outOfArea: '非本地事件',
  struckOff: '已销号',
  graded: '定级调整',
  regrade: '定级调整',
  upgrade: '等级上调',
  downgrade: '等级下调',
  recategorised: '类别调整',
  reassigned: '改派',
  fastCaseEnded: '快速响应已结束',
  reopened: '重新立案',
  overdueAtUpgrade: '上调等级时已超时',
};
