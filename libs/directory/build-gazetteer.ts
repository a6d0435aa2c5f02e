import type { CityPack } from './city-schema.js';
import { nationalDivisions } from './divisions.js';
import { type Gazetteer, GazetteerBuilder, type NameKind, type PlaceSense, shortForm } from './rules/gazetteer.js';

/** Short city and province names that are everyday words: only their full names are places. */
const EVERYDAY = new Set(
  '来宾 日照 白银 玉树 文山 朝阳 普洱 安康 中山 大同 黄山 海东 北海 和田 中卫 万宁 东方 大理 海西 海北 海南 黄南 果洛 通化 长治 昌都 永州 白山 平凉 三明 清远 吉安 抚州'.split(
    ' ',
  ),
);
const COMMON_ZONE = /^市?(?:开发区|经开区|高新区|经济技术开发区|高新技术开发区|高新技术产业开发区|滨海新区|临江新区)$/u;
/** How a text says that it is elsewhere without saying where. */
const ELSEWHERE = ['外省', '邻省', '外市', '国外某', '外省某市'];
const NOT_NAMES = new Set([
  '市辖区',
  '县',
  '省直辖县级行政区划',
  '自治区直辖县级行政区划',
  '城区',
  '郊区',
  '矿区',
  '新区',
]);

/** All place names that can stand in a text: the country down to its counties, and the city down to its towns, parks and landmarks. */
export function buildGazetteer(pack: CityPack): Gazetteer {
  const builder = new GazetteerBuilder();
  const ordinary = new Set(pack.ordinaryNames);
  addCountry(builder, pack);
  for (const name of [pack.name, ...pack.short])
    builder.add(name, sense(name === pack.name ? 'full' : 'short', pack.code, [pack.province]));
  for (const county of pack.counties) {
    const above = [pack.name, ...pack.short, pack.province];
    const kind = county.level === 'town' ? 'town' : 'full';
    const full = [county.name, ...county.former];
    for (const name of full) builder.add(name, named(name, kind, county.code, above));
    for (const name of full) {
      const short = shortForm(name);
      if (short === null || county.level === 'zone') continue;
      if (kind === 'town') builder.add(short, sense(ordinary.has(short) ? 'ordinary' : 'bare', county.code, above));
      else if (!ordinary.has(short)) builder.add(short, sense('short', county.code, above));
    }
    for (const name of county.aliases) builder.add(name, named(name, 'alias', county.code, above));
    for (const place of county.places) addPlace(builder, place, county, { above, ordinary });
  }
  for (const place of pack.places)
    for (const name of [place.name, ...place.aliases]) builder.add(name, sense('alias', pack.code, [pack.name]));
  if (pack.divisions && pack.unitLevel === 'county') addTowns(builder, pack, ordinary);
  for (const [name, guard] of Object.entries(pack.guards)) builder.guard(name, guard.before, guard.after);
  return builder.build();
}

function sense(kind: NameKind, unit: string | null, above: readonly string[], unique = true): PlaceSense {
  return { kind, unit, above, unique };
}

function named(name: string, kind: NameKind, unit: string, above: readonly string[]): PlaceSense {
  return COMMON_ZONE.test(name) ? sense('generic', unit, above, false) : sense(kind, unit, above);
}

function addPlace(
  builder: GazetteerBuilder,
  place: CityPack['places'][number],
  county: CityPack['counties'][number],
  { above, ordinary }: { above: readonly string[]; ordinary: ReadonlySet<string> },
): void {
  const chain = [county.name, ...above];
  const kind = place.kind === 'town' ? 'town' : 'alias';
  builder.add(place.name, sense(kind, county.code, chain));
  for (const name of place.aliases) builder.add(name, sense(kind, county.code, chain));
  const short = place.kind === 'town' ? shortForm(place.name) : null;
  if (short !== null) builder.add(short, sense(ordinary.has(short) ? 'ordinary' : 'bare', county.code, chain));
}

/** Provinces, cities and counties elsewhere. Counties are known by their full names, those of neighbouring cities also by short ones. */
function addCountry(builder: GazetteerBuilder, pack: CityPack): void {
  const { provinces, cities, counties } = nationalDivisions();
  const own = new Set([pack.code, ...pack.counties.map((c) => c.code)]);
  const provinceName = new Map(provinces.map((p) => [p.code, p.name]));
  const cityName = new Map(
    cities.map((c) => [c.code, NOT_NAMES.has(c.name) ? provinceName.get(c.provinceCode!)! : c.name]),
  );
  const ancestors = new Set([pack.province, pack.prefecture]);
  for (const name of ELSEWHERE) builder.add(name, sense('alias', null, [], false));
  for (const { name } of provinces) if (!ancestors.has(name)) addOutside(builder, name, [], true);
  for (const { name, provinceCode } of cities)
    if (!NOT_NAMES.has(name) && !ancestors.has(name) && name !== pack.name)
      addOutside(builder, name, [provinceName.get(provinceCode!)!], true);
  for (const { code, name, cityCode, provinceCode } of counties) {
    if (own.has(code) || NOT_NAMES.has(name)) continue;
    const city = cityName.get(cityCode!)!;
    addOutside(builder, name, [city, provinceName.get(provinceCode!)!], pack.neighbours.includes(city));
  }
}

function addOutside(builder: GazetteerBuilder, name: string, above: string[], withShort: boolean): void {
  const short = shortForm(name);
  const chain = above.flatMap((n) => [n, shortForm(n) ?? n]);
  builder.add(name, sense('full', null, chain, false));
  if (withShort && short !== null && !EVERYDAY.has(short)) builder.add(short, sense('short', null, chain, false));
}

/** Towns and streets of the city's counties, with what the data write before or behind their names taken off. */
function addTowns(builder: GazetteerBuilder, pack: CityPack, ordinary: ReadonlySet<string>): void {
  const countries = new Map<string, number>();
  const { towns } = nationalDivisions();
  for (const { name } of towns) countries.set(name, (countries.get(name) ?? 0) + 1);
  const byCounty = new Map(pack.counties.map((c) => [c.code, c]));
  for (const { name, areaCode } of towns) {
    const county = byCounty.get(areaCode!);
    if (county === undefined) continue;
    const above = [county.name, pack.name, ...pack.short, pack.province];
    const unique = countries.get(name) === 1;
    for (const variant of townVariants(name, county.name, pack.name)) {
      builder.add(variant, sense('town', county.code, above, unique));
      const short = shortForm(variant);
      if (short !== null && /[镇乡道]$/u.test(variant))
        builder.add(short, sense(ordinary.has(short) ? 'ordinary' : 'bare', county.code, above, unique));
    }
  }
}

function townVariants(name: string, county: string, city: string): string[] {
  const plain = name.replace(/（.*）$/u, '');
  const without = plain.startsWith(city) ? plain.slice(city.length) : plain;
  const stripped = without.startsWith(county) ? without.slice(county.length) : without;
  const usable = (n: string) => n.length >= 3 && !/^(?:经济|高新|良种场|农科所|种)/u.test(n);
  return [...new Set([plain, stripped])].filter(usable);
}
