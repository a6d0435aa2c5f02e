import { CATEGORY_LABELS, labelOf, officeTime } from '../labels.js';
import { html, type Markup } from './markup.js';
import type { SheetFrame } from './order-sheet.js';
import { formRows, gridTable } from './grid.js';
import { page } from './page.js';

/** A hand-over as its sheet prints it. */
export interface TransferSheet {
  number: string;
  addressee: string;
  reason: string;
  sha256: string;
  madeByName: string;
  madeAt: Date;
  receipt: { result: string; reference: string; by: string; note: string } | null;
  receivedAt: Date | null;
  manifest: {
    incident: { number: string; title: string; category: string };
    items: {
      url: string | null;
      title: string;
      sourceName: string;
      publishedAt: string | null;
      contentSha256: string;
    }[];
    statements: { number: string; title: string; publishedAt: string | null }[];
    evidence: { url: string | null; title: string | null; capturedAt: string | null; sha256: string | null }[];
  };
}

const RESULTS: Readonly<Record<string, string>> = { accepted: '已接收', noIllegality: '未发现违法线索' };
const at = (text: string | null): string => (text === null ? '—' : officeTime(new Date(text), true));
/** A list that holds nothing says so. */
const listed = (count: number, table: () => Markup): Markup => (count === 0 ? html`<p>无。</p>` : table());
/** A hash is compared by its ends on paper; the whole of it stands in the manifest. */
const short = (hash: string | null): string => (hash === null ? '—' : `${hash.slice(0, 16)}…${hash.slice(-8)}`);

/** 移送函 to police or network regulator (D6, PB18 一(五)): what is handed over, by address and hash; no person is named. */
export function printTransferSheet(sheet: TransferSheet, { office, asOf, by }: SheetFrame): string {
  const { manifest, receipt } = sheet;
  return page(
    {
      issuer: office,
      title: '网络不实信息线索移送函',
      serial: sheet.number,
      remarks: [officeTime(sheet.madeAt)],
    },
    html`<p>${sheet.addressee}：</p>
      <p>我办在处置下列舆情时发现涉嫌违法的不实信息线索，现按规定移送，请依法核查并将结果反馈我办。</p>
      ${formRows([
        ['舆情标题', html`<strong>${manifest.incident.title}</strong>`, 'wide'],
        ['案号', manifest.incident.number],
        ['类别', labelOf(CATEGORY_LABELS, manifest.incident.category)],
        ['移送事由', sheet.reason, 'wide'],
        ['材料校验值', html`<span class="small">SHA-256 ${sheet.sha256}</span>`, 'wide'],
      ])}
      <h2>一、不实信息 ${manifest.items.length} 条</h2>
      ${listed(manifest.items.length, () =>
        gridTable(
          ['序号', '标题', '来源', '发布时间', '地址', '内容校验值'],
          manifest.items.map((item, index) => [
            index + 1,
            item.title,
            item.sourceName,
            at(item.publishedAt),
            item.url ?? '—',
            short(item.contentSha256),
          ]),
          { numeric: [0], widths: [6, 30, 12, 26, 30, 22] },
        ),
      )}
      <h2>二、已发布的回应 ${manifest.statements.length} 份</h2>
      ${listed(manifest.statements.length, () =>
        gridTable(
          ['编号', '标题', '发布时间'],
          manifest.statements.map((statement) => [statement.number, statement.title, at(statement.publishedAt)]),
          { widths: [22, 50, 22] },
        ),
      )}
      <h2>三、固定的页面 ${manifest.evidence.length} 份</h2>
      ${listed(manifest.evidence.length, () =>
        gridTable(
          ['标题', '地址', '固定时间', '快照校验值'],
          manifest.evidence.map((line) => [
            line.title ?? '—',
            line.url ?? '—',
            at(line.capturedAt),
            short(line.sha256),
          ]),
          { widths: [24, 46, 26, 24] },
        ),
      )}
      <h2>四、回执</h2>
      ${formRows([
        ['结果', receipt === null ? html`<div class="blank"></div>` : labelOf(RESULTS, receipt.result)],
        ['回执文号', receipt?.reference ?? ''],
        ['经办', receipt?.by ?? ''],
        ['时间', officeTime(sheet.receivedAt)],
        ...(receipt === null || receipt.note === '' ? [] : [['说明', receipt.note, 'wide'] as const]),
      ])}`,
    {
      seal: { office, date: officeTime(sheet.madeAt).slice(0, 10) },
      notes: [
        `承办 ${sheet.madeByName}；打印 ${officeTime(asOf, true)}，${by}。`,
        '本函只涉及事项，不含发布者个人信息；完整材料见同号电子包，以其 manifest.json 的校验值为准。',
      ],
    },
  );
}
