import path from 'node:path';
import { z } from 'zod';
import { ConfigError } from '#kernel/error.js';
import { readYaml } from '#platform/config/read-yaml.js';
import { LADDER_LEVELS, type LadderPolicy, type LadderWindows } from './rules/steps.js';
import { HOUR_MS } from './rules/urgings.js';

const hours = z.number().positive();
const windows = z.strictObject({ urgingHours: hours, supervisionHours: hours });

const ladderSchema = z.strictObject({
  version: z.int().positive(),
  id: z.string().min(1),
  reminderFractions: z
    .array(z.number().gt(0).lt(1))
    .refine((list) => list.every((fraction, index) => index === 0 || fraction > list[index - 1]!), 'must ascend'),
  levels: z.strictObject({ fast: windows, 'I-II': windows, III: windows, IV: windows }),
});

/**
 * Reads `ladders/<id>.yaml` of the configuration folder. Throws `ConfigError` that names file, line and field, also when the
 * file calls itself by another id.
 */
export function loadLadderPolicy(configDir: string, id = 'default'): LadderPolicy {
  const file = path.join(configDir, 'ladders', `${id}.yaml`);
  const policy = readYaml(file, ladderSchema);
  if (policy.id !== id) throw new ConfigError(file, `id: is ${policy.id}, the file name says ${id}`);
  return policy;
}

/** The ladder of the installation, and the same on the scale of a drill. */
export class LadderPolicies {
  private constructor(
    private readonly real: LadderPolicy,
    private readonly drill: LadderPolicy,
  ) {}

  /** `drillHourMs`: how long an hour lasts in a drill. Throws `ConfigError` with file and line. */
  static load(configDir: string, drillHourMs: number): LadderPolicies {
    const real = loadLadderPolicy(configDir);
    const scale = drillHourMs / HOUR_MS;
    const scaled = (windows: LadderWindows): LadderWindows => ({
      urgingHours: windows.urgingHours * scale,
      supervisionHours: windows.supervisionHours * scale,
    });
    const levels = Object.fromEntries(
      LADDER_LEVELS.map((level) => [level, scaled(real.levels[level])]),
    ) as LadderPolicy['levels'];
    return new LadderPolicies(real, { ...real, levels });
  }

  policyFor(drill: boolean): LadderPolicy {
    return drill ? this.drill : this.real;
  }
}
