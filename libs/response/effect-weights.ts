import path from 'node:path';
import { z } from 'zod';
import { readYaml } from '#platform/config/read-yaml.js';

const points = z.number().min(0).max(100);
const steps = z
  .array(z.strictObject({ withinHours: z.number().positive(), points }))
  .min(1)
  .refine((list) => list.every((step, n) => n === 0 || step.withinHours > list[n - 1]!.withinHours), 'is not in order');

const schema = z
  .strictObject({
    version: z.string().min(1),
    basis: z.strictObject({ document: z.string(), article: z.string(), flag: z.enum(['S', 'N', 'L', 'M', 'J']) }),
    time: z.strictObject({ fast: steps, other: steps }),
    content: z.strictObject({ element: points, claims: points }),
    procedure: z.strictObject({ review: points, firstReport: points, wording: points, topLeader: points }),
    effect: z.strictObject({ volume: points, doubt: points, noSecondWave: points }),
    feedback: z.strictObject({ verification: points, handling: points, rectified: points }),
    doubtCues: z.array(z.string().min(1)).max(200),
    secondWaveShare: z.number().gt(0).max(1),
    grounds: z.record(z.string(), z.array(z.string())),
  })
  .superRefine((sheet, context) => {
    const sum = (part: Record<string, number>) => Object.values(part).reduce((total, value) => total + value, 0);
    const rest =
      sheet.content.element * 3 + sheet.content.claims + sum(sheet.procedure) + sum(sheet.effect) + sum(sheet.feedback);
    for (const kind of ['fast', 'other'] as const)
      if (sheet.time[kind][0]!.points + rest !== 100)
        context.addIssue({ code: 'custom', path: ['time', kind], message: 'the sheet does not add up to 100' });
  });

/** The score sheet as data: `config/evaluation.yaml`. */
export class EffectSheet {
  private constructor(readonly data: z.output<typeof schema>) {}

  /** Throws `ConfigError` with file and line. */
  static load(configDir: string): EffectSheet {
    return new EffectSheet(readYaml(path.join(configDir, 'evaluation.yaml'), schema));
  }
}
