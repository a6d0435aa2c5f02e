import type { Cell, Table } from '../reports/use-words';

/** Colours and words that a chart is drawn with. */
export interface ChartLook {
  text: string;
  line: string;
  ground: string;
  series: readonly string[];
}

/** How the words of a table are said. */
export interface ChartWords {
  columnOf(column: Table['columns'][number]): string;
  cellOf(cell: Cell): string;
}

/** Seven hues that differ in lightness too, for each ground; marks and dashes tell the lines apart without any. */
export const SERIES = {
  light: ['#0b4f8f', '#a84300', '#176b3a', '#6b2fa0', '#7a5b00', '#b42318', '#565d66'],
  dark: ['#82b8f5', '#ffab66', '#7fd6a1', '#cfa6f5', '#f2cf63', '#ff8a80', '#a9b1ba'],
} as const;
const SYMBOLS = ['circle', 'rect', 'triangle', 'diamond', 'pin', 'arrow', 'emptyCircle'] as const;
const DASHES = ['solid', 'dashed', 'dotted'] as const;

const axis = (look: ChartLook) => ({
  axisLabel: { color: look.text },
  axisLine: { lineStyle: { color: look.line } },
  splitLine: { lineStyle: { color: look.line, opacity: 0.5 } },
  nameTextStyle: { color: look.text },
});

const frame = (look: ChartLook) => ({
  backgroundColor: 'transparent',
  animation: false,
  textStyle: { fontFamily: 'inherit' },
  aria: { enabled: true },
  grid: { left: 8, right: 16, top: 34, bottom: 8, containLabel: true },
  tooltip: {
    trigger: 'axis' as const,
    backgroundColor: look.ground,
    borderColor: look.line,
    textStyle: { color: look.text },
  },
});

/** What a cell is worth on an axis: a count, or the percentage of a rate; nothing where there is no denominator. */
export const worth = (cell: Cell | undefined): number | null => {
  if (cell === undefined || cell.value === null || cell.value === '—') return null;
  return Number(cell.value);
};

/** Lines over time: one for each column but the first. */
export function linesOf(table: Table, look: ChartLook, { columnOf, cellOf }: ChartWords) {
  const rate = table.rows.some((row) => row[1]?.kind === 'rate');
  return {
    ...frame(look),
    legend: { show: table.columns.length > 2, top: 0, textStyle: { color: look.text } },
    xAxis: { type: 'category' as const, data: table.rows.map((row) => cellOf(row[0]!)), ...axis(look) },
    yAxis: {
      type: 'value' as const,
      minInterval: rate ? 0 : 1,
      ...(rate ? { max: 100, name: '%' } : {}),
      ...axis(look),
    },
    series: table.columns.slice(1).map((column, index) => ({
      type: 'line' as const,
      name: columnOf(column),
      data: table.rows.map((row) => worth(row[index + 1])),
      symbol: SYMBOLS[index % SYMBOLS.length]!,
      symbolSize: 8,
      showSymbol: true,
      color: look.series[index % look.series.length]!,
      lineStyle: { type: DASHES[index % DASHES.length]!, width: 2 },
      label: {
        show: rate,
        color: look.text,
        formatter: ({ value }: { value: unknown }) => `${Number(value).toFixed(2)}%`,
      },
    })),
  };
}

/** Bars with their number at the end. `across`: one line for each, the first on top. */
export function barsOf(table: Table, look: ChartLook, { columnOf, cellOf }: ChartWords, across: boolean) {
  const rows = across ? [...table.rows].reverse() : table.rows;
  const names = { type: 'category' as const, data: rows.map((row) => cellOf(row[0]!)), ...axis(look) };
  const values = { type: 'value' as const, minInterval: 1, ...axis(look) };
  return {
    ...frame(look),
    xAxis: across ? values : names,
    yAxis: across ? names : values,
    series: [
      {
        type: 'bar' as const,
        name: columnOf(table.columns[1]!),
        data: rows.map((row) => worth(row[1])),
        barMaxWidth: 28,
        color: look.series[0]!,
        label: { show: true, position: across ? ('right' as const) : ('top' as const), color: look.text },
      },
    ],
  };
}
