/** An instant, and whether the text had no zone, so that Asia/Shanghai was assumed. */
export interface FeedDate {
  instant: Date;
  zoneMissing: boolean;
}

const MONTHS: Record<string, number> = {
  jan: 1,
  feb: 2,
  mar: 3,
  apr: 4,
  may: 5,
  jun: 6,
  jul: 7,
  aug: 8,
  sep: 9,
  oct: 10,
  nov: 11,
  dec: 12,
};
/** RFC 822 zones in minutes east of Greenwich; CST stands in Chinese feeds for China, not for Chicago. */
const ZONES: Record<string, number> = {
  z: 0,
  ut: 0,
  utc: 0,
  gmt: 0,
  est: -300,
  edt: -240,
  cdt: -300,
  mst: -420,
  mdt: -360,
  pst: -480,
  pdt: -420,
  jst: 540,
  kst: 540,
  hkt: 480,
  bst: 60,
  cet: 60,
  cest: 120,
  cst: 480,
};
const OFFICE_ZONE_MINUTES = 480;

interface Parts {
  year: number;
  month: number;
  day: number;
  hour?: string;
  minute?: string;
  second?: string;
  zone?: string;
}

/** Reads the dates that feeds carry: RFC 822, ISO 8601 (also shortened), `2026年11月20日 9:05`, `2026/11/20 9:05`, asctime. Undefined for what is none. */
export function readFeedDate(text: string | undefined): FeedDate | undefined {
  const clean = (text ?? '')
    .normalize('NFKC')
    .replace(/[^\x20-\x7e年月日时分秒上下午]/g, ' ')
    .trim()
    .slice(0, 80);
  if (clean === '') return undefined;
  const parts = isoParts(clean) ?? rfcParts(clean) ?? asctimeParts(clean) ?? numericParts(clean);
  return parts === undefined ? undefined : toDate(parts);
}

const TIME = String.raw`(\d{1,2}):(\d{1,2})(?::(\d{1,2}(?:\.\d+)?))?`;
const ZONE = String.raw`\s*(Z|[A-Z]{2,5}|(?:GMT|UTC)?\s*[+-]\s*\d{1,2}:?\d{2})?`;

const ISO = new RegExp(String.raw`^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(?:(?:\s*[T ]\s*)${TIME}${ZONE})?`, 'i');
function isoParts(text: string): Parts | undefined {
  const compact = /^(\d{4})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2})?(Z|[+-]\d{4})?)?$/.exec(text);
  const match = compact ?? ISO.exec(text);
  if (match === null || (compact === null && /^\d{4}[/年]/.test(text))) return undefined;
  return {
    year: Number(match[1]),
    month: Number(match[2] ?? 1),
    day: Number(match[3] ?? 1),
    hour: match[4],
    minute: match[5],
    second: match[6],
    zone: match[7],
  };
}

const RFC = new RegExp(
  String.raw`^(?:[A-Za-z]{2,9}\.?,?\s+)?(\d{1,2})[\s-]+([A-Za-z]{3})[A-Za-z]*\.?,?[\s-]+(\d{4}|\d{2})(?:[\sT,]+${TIME}${ZONE})?`,
  'i',
);
const RFC_MONTH_FIRST = new RegExp(
  String.raw`^(?:[A-Za-z]{2,9}\.?,?\s+)?([A-Za-z]{3})[A-Za-z]*\.?\s+(\d{1,2}),?\s+(\d{4})(?:[\s,T]+${TIME}${ZONE})?`,
  'i',
);
function rfcParts(text: string): Parts | undefined {
  const match = RFC.exec(text);
  if (match !== null && MONTHS[match[2]!.toLowerCase()] !== undefined) {
    const year = Number(match[3]);
    return {
      year: year < 100 ? year + (year < 70 ? 2000 : 1900) : year,
      month: MONTHS[match[2]!.toLowerCase()]!,
      day: Number(match[1]),
      hour: match[4],
      minute: match[5],
      second: match[6],
      zone: match[7],
    };
  }
  const other = RFC_MONTH_FIRST.exec(text);
  if (other === null || MONTHS[other[1]!.toLowerCase()] === undefined) return undefined;
  return {
    year: Number(other[3]),
    month: MONTHS[other[1]!.toLowerCase()]!,
    day: Number(other[2]),
    hour: other[4],
    minute: other[5],
    second: other[6],
    zone: other[7],
  };
}

const ASCTIME = new RegExp(
  String.raw`^[A-Za-z]{3}\s+([A-Za-z]{3})\s+(\d{1,2})\s+${TIME}\s+(?:([A-Z]{2,5}|[+-]\d{4})\s+)?(\d{4})`,
);
function asctimeParts(text: string): Parts | undefined {
  const match = ASCTIME.exec(text);
  if (match === null || MONTHS[match[1]!.toLowerCase()] === undefined) return undefined;
  return {
    year: Number(match[7]),
    month: MONTHS[match[1]!.toLowerCase()]!,
    day: Number(match[2]),
    hour: match[3],
    minute: match[4],
    second: match[5],
    zone: match[6],
  };
}

const NUMERIC =
  /^(\d{4})\s*[/.年]\s*(\d{1,2})\s*[/.月]\s*(\d{1,2})\s*日?(?:\s*(上午|下午)?\s*(\d{1,2})(?::|时)(\d{1,2})(?:(?::|分)(\d{1,2}))?)?/;
function numericParts(text: string): Parts | undefined {
  const match = NUMERIC.exec(text);
  if (match === null) return undefined;
  const hour =
    match[5] === undefined
      ? undefined
      : match[4] === '下午' && Number(match[5]) < 12
        ? String(Number(match[5]) + 12)
        : match[5];
  return {
    year: Number(match[1]),
    month: Number(match[2]),
    day: Number(match[3]),
    hour,
    minute: match[6],
    second: match[7],
  };
}

function toDate(parts: Parts): FeedDate | undefined {
  const { year, month, day } = parts;
  const hour = Number(parts.hour ?? 0);
  const minute = Number(parts.minute ?? 0);
  const second = Number(parts.second ?? 0);
  if (
    year < 1970 ||
    year > 2200 ||
    month < 1 ||
    month > 12 ||
    day < 1 ||
    day > 31 ||
    hour > 24 ||
    minute > 59 ||
    second >= 62
  )
    return undefined;
  const zone = zoneMinutes(parts.zone);
  const zoneMissing = zone === undefined;
  const civil = Date.UTC(year, month - 1, day, hour, minute, Math.floor(second));
  return { instant: new Date(civil - (zone ?? OFFICE_ZONE_MINUTES) * 60_000), zoneMissing };
}

function zoneMinutes(zone: string | undefined): number | undefined {
  if (zone === undefined) return undefined;
  const offset = /([+-])\s*(\d{1,2}):?(\d{2})$/.exec(zone);
  if (offset !== null) return (offset[1] === '-' ? -1 : 1) * (Number(offset[2]) * 60 + Number(offset[3]));
  return ZONES[zone.toLowerCase()];
}
