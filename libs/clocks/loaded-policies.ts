import { readdirSync } from 'node:fs';
import path from 'node:path';
import { loadCalendar } from '#directory/calendar.js';
import type { CityDirectory } from '#directory/contract.js';
import type { WorkingCalendar } from '#kernel/calendar.js';
import { ConfigError } from '#kernel/error.js';
import { type PolicyText, textOf } from '#platform/config/frozen-texts.js';
import { DRILL_HOUR_MS } from './contract.js';
import { ClockPolicies } from './keeper.service.js';
import type { PolicyPack } from './policy/contract.js';
import { loadPack } from './policy/load-pack.js';
import { drillScale } from './policy/scale-pack.js';

/** Offices that own clocks, by the role that the city's directory fills with a body. */
const ROLE_OF_OWNER: Record<string, 'queue' | 'leadDecider' | 'supervision'> = {
  networkOffice: 'queue',
  governmentOffice: 'leadDecider',
  supervision: 'supervision',
};

/** Every pack of the configuration folder, checked at start: an old incident is judged by the pack that it was begun under. */
export class LoadedPolicies extends ClockPolicies {
  private readonly texts = new Map<string, PolicyText<PolicyPack>>();

  private constructor(
    readonly calendar: WorkingCalendar,
    private readonly packs: ReadonlyMap<string, PolicyPack>,
    private readonly city: CityDirectory | undefined,
    readonly forDrill: (pack: PolicyPack) => PolicyPack,
  ) {
    super();
  }

  /**
   * `city` says which body fills which office; `drillHourMs`, how long an hour lasts in a drill. Throws `ConfigError` with file
   * and place of the first fault.
   */
  static load(configDir: string, city?: CityDirectory, drillHourMs = DRILL_HOUR_MS): LoadedPolicies {
    const names = readdirSync(path.join(configDir, 'policies')).filter((name) => name.endsWith('.yaml'));
    const packs = names.map((name) => loadPack(configDir, name.slice(0, -'.yaml'.length)));
    return new LoadedPolicies(
      loadCalendar(configDir),
      new Map(packs.map((pack) => [pack.id, pack])),
      city,
      drillScale(drillHourMs),
    );
  }

  packIds(): string[] {
    return [...this.packs.keys()].sort();
  }

  officeOf(owner: string): string | null {
    const role = ROLE_OF_OWNER[owner];
    if (role === undefined || this.city === undefined) return null;
    return this.city.bodyFor(this.city.root.code, this.city.roles[role])?.id ?? null;
  }

  packFor(packId: string, drill: boolean): PolicyPack {
    const { policy } = this.textFor(packId);
    return drill ? this.forDrill(policy) : policy;
  }

  textFor(packId: string): PolicyText<PolicyPack> {
    const pack = this.packs.get(packId);
    if (pack === undefined)
      throw new ConfigError(
        `policy pack ${packId}`,
        'an incident runs under it, but the configuration has no such pack',
      );
    const known = this.texts.get(packId) ?? textOf(pack);
    this.texts.set(packId, known);
    return known;
  }
}
