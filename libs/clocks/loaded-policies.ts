import { readdirSync } from 'node:fs';
import path from 'node:path';
import { loadCalendar } from '#directory/calendar.js';
import type { WorkingCalendar } from '#kernel/calendar.js';
import { ConfigError } from '#kernel/error.js';
import { DRILL_MILLISECONDS_PER_HOUR } from './contract.js';
import { ClockPolicies } from './keeper.service.js';
import type { PolicyPack } from './policy/contract.js';
import { loadPack } from './policy/load-pack.js';
import { scalePack } from './policy/scale-pack.js';

/** Every pack of the configuration folder, checked at start: an old incident is judged by the pack that it was begun under. */
export class LoadedPolicies extends ClockPolicies {
  private readonly drills = new Map<string, PolicyPack>();

  private constructor(
    readonly calendar: WorkingCalendar,
    private readonly packs: ReadonlyMap<string, PolicyPack>,
  ) {
    super();
  }

  /** Throws `ConfigError` with file and place of the first fault. */
  static load(configDir: string): LoadedPolicies {
    const names = readdirSync(path.join(configDir, 'policies')).filter((name) => name.endsWith('.yaml'));
    const packs = names.map((name) => loadPack(configDir, name.slice(0, -'.yaml'.length)));
    return new LoadedPolicies(loadCalendar(configDir), new Map(packs.map((pack) => [pack.id, pack])));
  }

  packFor(packId: string, drill: boolean): PolicyPack {
    const pack = this.packs.get(packId);
    if (pack === undefined)
      throw new ConfigError(
        `policy pack ${packId}`,
        'an incident runs under it, but the configuration has no such pack',
      );
    if (!drill) return pack;
    let scaled = this.drills.get(packId);
    if (scaled === undefined) {
      scaled = scalePack(pack, DRILL_MILLISECONDS_PER_HOUR);
      this.drills.set(packId, scaled);
    }
    return scaled;
  }
}
