import { useTranslation } from 'react-i18next';
import { usePlaces } from '../api/reference';
import type { Schemas } from '../api/client';
import { type LabelGroup, useLabel } from '../labels/labels';
import { fullTime, span, type SpanUnits } from '../time/format';

export type Document = Schemas['ReportDocument'];
export type Table = Schemas['ReportTable'];
export type Cell = Schemas['ReportCell'];
type Group = 'words' | 'columns' | 'tables' | 'sources';

/** Lists of words that the whole client shares. */
const SHARED = new Set<string>([
  'category',
  'grade',
  'step',
  'clockState',
  'incidentState',
  'topic',
] satisfies LabelGroup[]);

/** The words of reports in the chosen language; what has none is said as the server says it. */
export function useReportWords() {
  const { t, i18n } = useTranslation();
  const label = useLabel();
  const placeOf = usePlaces();
  const word = (group: Group, key: string, otherwise: string): string =>
    (t(`reports.${group}`, { returnObjects: true }) as unknown as Record<string, string>)[key] ?? otherwise;
  const chinese = i18n.language !== 'en';
  const units = t('countdown', { returnObjects: true }) as unknown as SpanUnits;

  const columnOf = ({ key, label: name }: Table['columns'][number]): string =>
    key.startsWith('source.') ? word('sources', key.slice('source.'.length), name) : word('columns', key, name);
  const tableOf = ({ key, title }: Table): string => (chinese ? title : word('tables', key, title));

  const cellOf = (cell: Cell): string => {
    const { kind, value, list } = cell;
    if (kind === 'instant') return value === null ? '—' : fullTime(value as string).slice(0, 16);
    if (kind === 'span') return value === null ? '—' : `${chinese ? cell.text : span(value as number, units)}`;
    if (kind !== 'word' || value === null) return cell.text === '' ? '—' : cell.text;
    const key = String(value);
    if (list !== undefined && SHARED.has(list)) return label(list as LabelGroup, key);
    if (list === 'place') return chinese ? cell.text : placeOf(key);
    return word('words', key, cell.text);
  };
  /** The name of a figure of a question: `onTime.n` is the numerator of the on-time rate. */
  const figureOf = (figure: string): string => {
    const part = /\.(n|d)$/.exec(figure)?.[1];
    const name = word('words', part === undefined ? figure : figure.slice(0, -2), figure);
    return part === undefined ? name : `${name} · ${word('words', part, part)}`;
  };
  return { word, columnOf, tableOf, cellOf, figureOf };
}
