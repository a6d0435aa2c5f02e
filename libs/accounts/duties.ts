import path from 'node:path';
import { z } from 'zod';
import { readYaml } from '#platform/config/read-yaml.js';
import { DUTIES, type Duty, PERMISSIONS, type Permission } from './contract.js';

/** The kinds of account that the set-up knows; each stands for a set of duties. */
export const PRESETS = ['analyst', 'spokesperson', 'supervisor', 'administrator', 'auditor'] as const;
export type Preset = (typeof PRESETS)[number];

const dutySchema = z.strictObject({
  held: z.enum(['jurisdiction', 'body']),
  basis: z.string().min(1),
  permissions: z
    .array(z.enum(PERMISSIONS))
    .min(1)
    .refine((list) => new Set(list).size === list.length, 'a permission stands twice'),
});
const fileSchema = z.strictObject({
  duties: z.record(z.enum(DUTIES), dutySchema),
  presets: z.record(z.enum(PRESETS), z.array(z.enum(DUTIES)).min(1)),
});

/** What each duty allows and how far it sees, from `config/duties.yaml`. */
export class DutyBook {
  private readonly permissions: Map<Duty, ReadonlySet<Permission>>;

  constructor(private readonly file: z.output<typeof fileSchema>) {
    this.permissions = new Map(DUTIES.map((duty) => [duty, new Set(file.duties[duty].permissions)]));
  }

  permissionsOf(duty: Duty): ReadonlySet<Permission> {
    return this.permissions.get(duty)!;
  }

  /** Whether the holder sees the cases of a place, or those in which a body takes part. */
  heldIn(duty: Duty): 'jurisdiction' | 'body' {
    return this.file.duties[duty].held;
  }

  dutiesOf(preset: Preset): readonly Duty[] {
    return this.file.presets[preset];
  }

  /** Every permission that at least one duty of the preset carries. */
  permissionsOfPreset(preset: Preset): ReadonlySet<Permission> {
    return new Set(this.dutiesOf(preset).flatMap((duty) => [...this.permissionsOf(duty)]));
  }
}

/** Reads `duties.yaml` of the configuration folder. Throws `ConfigError` with file and line. */
export function loadDuties(configDir: string): DutyBook {
  return new DutyBook(readYaml(path.join(configDir, 'duties.yaml'), fileSchema));
}
