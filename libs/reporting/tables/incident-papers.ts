import type { IncidentPaper } from '../incident-paper.views.js';
import { BASIS_LABELS, CATEGORY_LABELS, CHANNEL_LABELS, clockStateOf, GRADE_LABELS, INCIDENT_STATE_LABELS, labelOf, officeTime, ROLE_LABELS, STEP_LABELS } from '../labels.js'; // prettier-ignore
import { coreConclusion, scenarios, type Standing } from '../rules/paper-words.js';
import { savingAct } from '../rules/urgency.js';
import { count, instant, type ReportCell, type ReportDocument, type ReportTable, text, word } from './report-table.js';

const PAIR = [
  { key: 'item', label: '项目', width: 18 },
  { key: 'content', label: '内容', width: 80 },
];
const DAY_MS = 86_400_000;
/** Characters of the main content of a flash (judgement: one page). */
const MAX_CONTENT = 600;

/** A table of names and values. Tables of this form are printed as a form. */
const form = (key: string, title: string, rows: readonly (readonly [string, string, ReportCell])[]): ReportTable => ({
  key,
  title,
  columns: PAIR,
  rows: rows.map(([name, label, cell]) => [word('figure', `paper.${name}`, label), cell]),
});
const seconds = (at: Date | null): ReportCell => ({ ...instant(at), text: officeTime(at, true) || '不详' });
const cut = (value: string, length: number): string => {
  const points = [...value.trim()];
  return points.length <= length ? points.join('') : `${points.slice(0, length - 1).join('')}…`;
};

const clocksOf = ({ clocks }: IncidentPaper): ReportTable => ({
  key: 'clocks',
  title: '时限',
  columns: [
    { key: 'limit', label: '时限', width: 24 },
    { key: 'force', label: '性质' },
    { key: 'body', label: '单位', width: 24 },
    { key: 'dueAt', label: '截止', width: 17 },
    { key: 'clockState', label: '现状', width: 14 },
    { key: 'stateAt', label: '完成', width: 17 },
  ],
  rows: clocks.map((clock) => [
    text(clock.label),
    word('figure', `force.${clock.force}`, clock.force === 'target' ? '力争' : '最迟'),
    text(clock.bodyName),
    instant(clock.dueAt),
    word('clockState', clock.state, clockStateOf(clock)),
    instant(clock.state.startsWith('met') ? clock.stateAt : null),
  ]),
});

const channelsOf = ({ channels }: IncidentPaper, title: string): ReportTable => ({
  key: 'channels',
  title,
  columns: [
    { key: 'channel', label: '渠道' },
    { key: 'items', label: '条数', numeric: true },
    { key: 'sources', label: '信源数', numeric: true },
    { key: 'firstAt', label: '最早', width: 17 },
    { key: 'lastAt', label: '最近', width: 17 },
  ],
  rows: channels.map((row) => [
    text(labelOf(CHANNEL_LABELS, row.channel)),
    count(row.items),
    count(row.sources),
    instant(row.firstAt),
    instant(row.lastAt),
  ]),
});

const linksOf = ({ voices }: IncidentPaper, title: string): ReportTable => ({
  key: 'voices',
  title,
  columns: [
    { key: 'channel', label: '渠道' },
    { key: 'source', label: '来源', width: 20 },
    { key: 'title', label: '标题', width: 50 },
    { key: 'at', label: '时间', width: 17 },
    { key: 'link', label: '链接', width: 40 },
  ],
  rows: voices.map((row) => [
    text(labelOf(CHANNEL_LABELS, row.channel)),
    text(row.source),
    text(row.title),
    instant(row.at),
    text(row.url),
  ]),
});

const measuresOf = ({ orders, statements, steps, conferences }: IncidentPaper): ReportTable => ({
  key: 'measures',
  title: '三、工作措施',
  columns: [
    { key: 'at', label: '时间', width: 17 },
    { key: 'measure', label: '措施', width: 20 },
    { key: 'number', label: '编号', width: 22 },
    { key: 'body', label: '单位', width: 24 },
    { key: 'detail', label: '情况', width: 40 },
  ],
  rows: [
    ...orders.map((row) => [
      instant(row.dispatchedAt),
      word('figure', `role.${row.role}`, `交办（${labelOf(ROLE_LABELS, row.role)}）`),
      text(row.number),
      text(row.bodyName),
      text(`${row.acknowledgedAt === null ? '未签收' : `签收 ${officeTime(row.acknowledgedAt)}`}${row.verifiedAt === null ? '' : `，核实反馈 ${officeTime(row.verifiedAt)}`}${row.task === '' ? '' : `；${row.task}`}`), // prettier-ignore
    ]),
    ...statements.map((row) => [
      instant(row.publishedAt),
      word('figure', 'measure.statement', '权威信息'),
      text(row.number),
      text(row.bodyName),
      text(`${row.title}${row.url === null ? '' : `　${row.url}`}`),
    ]),
    ...conferences.map((row) => [
      instant(row.at),
      word('figure', 'measure.conference', '新闻发布会'),
      text(null),
      text(null),
      text(row.place),
    ]),
    ...steps.map((row) => [
      instant(row.at),
      word('step', row.step, labelOf(STEP_LABELS, row.step)),
      text(row.number),
      text(row.bodyName),
      text(null),
    ]),
  ],
});

const gradeText = ({ incident }: IncidentPaper): string =>
  `${labelOf(GRADE_LABELS, incident.grade)}（${labelOf(BASIS_LABELS, incident.gradeBasis)}）`;

/** 快报: one incident as it stands (domain 7.1). What happened to a post at its source is a fact; nothing is asked of the source. */
export function flashDocument(paper: IncidentPaper, asOf: Date, placeName: string): ReportDocument {
  const { incident, source } = paper;
  return {
    key: 'flash',
    serial: incident.number,
    title: `舆情快报${incident.drill ? '（演练）' : ''}`,
    period: null,
    asOf,
    notes: ['原文入库时已去标识化；本系统不处置信源内容'],
    rules: [],
    tables: [
      form('basics', '一、基本情况', [
        ['title', '舆情标题', { ...text(incident.title), incidentId: incident.id }],
        ['number', '案号', text(incident.number)],
        ['publicAt', '首发时间', seconds(incident.firstPublicAt ?? source?.at ?? null)],
        ['detectedAt', '发现时间', seconds(incident.detectedAt)],
        ['platform', '平台', text(source === null ? null : labelOf(CHANNEL_LABELS, source.channel))],
        ['account', '来源', text(source === null ? null : source.name)],
        ['region', '地域', text([placeName, source?.region ?? ''].filter((part) => part !== '').join(' / '))],
        ['category', '类别', word('category', incident.category, labelOf(CATEGORY_LABELS, incident.category))], // prettier-ignore
        ['grade', '事件等级', text(gradeText(paper))],
        ['heat', '热度等级', text(`${incident.heatLevel} 级（${incident.heatScore.toFixed(1)}）`)],
        ['content', '主要内容', text(cut(source?.body ?? '', MAX_CONTENT))],
        ['snapshot', '原文快照 SHA-256', text(source?.sha256 ?? null)],
      ]),
      channelsOf(paper, `二、传播情况（相关信息 ${incident.itemCount} 条）`),
      measuresOf(paper),
      clocksOf(paper),
      linksOf(paper, '四、链接'),
    ],
  };
}

const standingOf = ({ incident, channels, days, clocks }: IncidentPaper, asOf: Date): Standing => {
  const limits = clocks.filter(({ force }) => force === 'limit');
  const dayName = (at: number) => officeTime(new Date(at)).slice(0, 10);
  const itemsOn = (day: string) => days.find((row) => row.day === day)?.items ?? 0;
  return {
    title: incident.title,
    category: labelOf(CATEGORY_LABELS, incident.category),
    grade: labelOf(GRADE_LABELS, incident.grade),
    heatLevel: incident.heatLevel,
    itemCount: incident.itemCount,
    channelCount: channels.length,
    recent: itemsOn(dayName(asOf.getTime())),
    before: itemsOn(dayName(asOf.getTime() - DAY_MS)),
    answered: clocks.some(({ act, state }) => state.startsWith('met') && ['firstRelease', 'makeupRelease', 'publicResponse'].includes(act)), // prettier-ignore
    overdueLimits: limits.filter(({ state }) => state === 'overdue').length,
    runningLimits: limits.filter(({ state }) => state === 'armed' || state === 'dueSoon').length,
  };
};

/** 专报: conclusion, course, spread, views, outlook, suggestions by body, appendix (domain 7.3). */
export function specialDocument(paper: IncidentPaper, asOf: Date): ReportDocument {
  const { incident } = paper;
  const standing = standingOf(paper, asOf);
  const open = paper.clocks.filter(({ state }) => ['armed', 'dueSoon', 'overdue'].includes(state));
  const furthest = ['published', 'approved', 'reviewed', 'submitted', 'draft'].find((state) => paper.statements.some((row) => row.state === state)) ?? null; // prettier-ignore
  return {
    key: 'special',
    serial: incident.number,
    title: `舆情专报${incident.drill ? '（演练）' : ''}`,
    period: null,
    asOf,
    notes: ['结论、走势和建议由规则从台账生成，签发前由研判人员修改', '各渠道按时间取最早的文本，质疑声音不隐去'],
    rules: [],
    tables: [
      form('conclusion', '一、核心结论', [
        ['title', '舆情标题', { ...text(incident.title), incidentId: incident.id }],
        ['conclusion', '结论', text(coreConclusion(standing))],
      ]),
      courseOf(paper),
      channelsOf(paper, '三、传播分布'),
      { key: 'curve', title: '传播曲线（按日）', columns: [{ key: 'day', label: '日期', width: 12 }, { key: 'items', label: '条数', numeric: true }], rows: paper.days.map(({ day, items }) => [text(day), count(items)]) }, // prettier-ignore
      linksOf(paper, '四、观点与关注（各渠道最早的文本）'),
      form('outlook', '五、走势研判', scenarios(standing).map((line, index) => [`scenario.${index + 1}`, `研判${index + 1}`, text(line)] as const)), // prettier-ignore
      {
        key: 'suggestions',
        title: '六、工作建议',
        columns: [
          { key: 'body', label: '单位', width: 24 },
          { key: 'action', label: '建议', width: 30 },
          { key: 'limit', label: '时限', width: 24 },
          { key: 'dueAt', label: '截止', width: 17 },
        ],
        rows: open.map((clock) => {
          const saving = savingAct(clock.act, furthest);
          return [
            text(clock.bodyName ?? incident.leadBodyName ?? '待定'),
            word('figure', `saving.${saving.act}`, saving.label),
            text(clock.label),
            instant(clock.dueAt),
          ];
        }),
      },
      clocksOf(paper),
    ],
  };
}

/** The course with its turning points, from what was recorded, in order of time. */
function courseOf(paper: IncidentPaper): ReportTable {
  const { incident, orders, statements, steps, conferences, clocks } = paper;
  const points: [Date | null, string, string][] = [
    [incident.occurredAt, 'occurred', '事件发生'],
    [incident.firstPublicAt, 'firstPublic', '首次公开'],
    [incident.detectedAt, 'detected', '发现'],
    ...orders.map((row): [Date | null, string, string] => [row.dispatchedAt, 'dispatched', `交办 ${row.bodyName}`]),
    ...orders.map((row): [Date | null, string, string] => [row.acknowledgedAt, 'acknowledged', `${row.bodyName} 签收`]),
    ...orders.map((row): [Date | null, string, string] => [row.verifiedAt, 'verified', `${row.bodyName} 核实反馈`]),
    ...statements.map((row): [Date | null, string, string] => [row.publishedAt, 'published', `发布 ${row.title}`]),
    ...conferences.map((row): [Date | null, string, string] => [row.state === 'held' ? row.at : null, 'held', '新闻发布会']), // prettier-ignore
    ...steps.map((row): [Date | null, string, string] => [row.at, 'step', `${labelOf(STEP_LABELS, row.step)} ${row.bodyName ?? ''}`]), // prettier-ignore
    ...clocks.filter(({ state, force }) => force === 'limit' && (state === 'overdue' || state === 'metLate')).map((row): [Date | null, string, string] => [row.dueAt, 'overdue', `超时：${row.label}`]), // prettier-ignore
  ];
  const known = points.filter((point): point is [Date, string, string] => point[0] !== null);
  return {
    key: 'course',
    title: '二、事件经过',
    columns: [
      { key: 'at', label: '时间', width: 17 },
      { key: 'event', label: '经过', width: 60 },
    ],
    rows: known.sort((a, b) => a[0].getTime() - b[0].getTime()).map(([at, , label]) => [instant(at), text(label)]),
  };
}

/** The state of the incident, which a print shows beside its number. */
export const stateText = ({ incident }: IncidentPaper): string => labelOf(INCIDENT_STATE_LABELS, incident.state);
