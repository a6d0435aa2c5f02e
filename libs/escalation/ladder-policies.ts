import path from 'node:path';
import { z } from 'zod';
import { ConfigError } from '#kernel/error.js';
import { type PolicyText, textOf } from '#platform/config/frozen-texts.js';
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

/** The ladder of the installation. A drill runs the ladder of its case on its own scale. */
export class LadderPolicies {
  private constructor(
    readonly present: PolicyText<LadderPolicy>,
    private readonly drillHourMs: number,
  ) {}

  /** `drillHourMs`: how long an hour lasts in a drill. Throws `ConfigError` with file and line. */
  static load(configDir: string, drillHourMs: number): LadderPolicies {
    return new LadderPolicies(textOf(loadLadderPolicy(configDir)), drillHourMs);
  }

  scaled(policy: LadderPolicy): LadderPolicy {
    const scale = this.drillHourMs / HOUR_MS;
    const windows = ({ urgingHours, supervisionHours }: LadderWindows): LadderWindows => ({
      urgingHours: urgingHours * scale,
      supervisionHours: supervisionHours * scale,
    });
    const levels = Object.fromEntries(LADDER_LEVELS.map((level) => [level, windows(policy.levels[level])]));
    return { ...policy, levels: levels as LadderPolicy['levels'] };
  }
}
