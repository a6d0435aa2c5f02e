import path from 'node:path';
import { z } from 'zod';
import { DUTIES } from '#accounts/contract.js';
import { readYaml } from '#platform/config/read-yaml.js';
import { GRADES } from '#triage/contract.js';
import { CONFERENCE_STEPS } from './rules/back-plan.js';
import { REVIEW_GATES } from './rules/review-gates.js';

const words = z.array(z.string().min(1)).max(200);
const minutes = z.number().int().min(1).max(525_600);
const duties = z.array(z.enum(DUTIES)).min(1);
const byGate = <Value extends z.ZodType>(value: Value) =>
  z.strictObject({ competentBody: value, secrecy: value, approver: value });

const schema = z.strictObject({
  draft: z.strictObject({
    leaseSeconds: z.number().int().min(10).max(3_600),
    copiedRunCharacters: z.number().int().min(8).max(500),
    repostShare: z.number().gt(0).max(1),
  }),
  claims: z.strictObject({
    questionCues: words.min(1),
    allegationCues: words.min(1),
    emptyWords: words,
    answeredShare: z.number().gt(0).max(1),
    alikeShare: z.number().gt(0).max(1),
    maximum: z.number().int().min(1).max(500),
  }),
  acknowledgement: z.strictObject({ words: words.min(1), otherCharacters: z.number().int().min(0).max(500) }),
  review: z.strictObject({
    gateDuties: byGate(duties),
    mayCoincide: z.array(z.array(z.enum(REVIEW_GATES)).min(2)),
    checks: byGate(z.array(z.string().regex(/^[a-z][A-Za-z]*$/)).max(10)),
    important: z.strictObject({ grades: z.array(z.enum(GRADES)), duties, basis: z.string().min(1) }),
    secrecyWords: words,
    privacyExceptions: words.min(1),
  }),
  evidence: z.strictObject({
    recheckAfterMinutes: z
      .array(minutes)
      .max(20)
      .refine((list) => list.every((value, n) => n === 0 || value > list[n - 1]!), 'is not in ascending order'),
    retryMinutes: minutes,
    maximumFileBytes: z.number().int().min(1_000).max(20_000_000),
    maximumFilesPerIncident: z.number().int().min(1).max(10_000),
  }),
  conference: z.strictObject({
    backPlan: z.array(z.strictObject({ step: z.enum(CONFERENCE_STEPS), minutesBefore: minutes })).min(1),
  }),
});

/** How statements are written, reviewed and proven: `config/response.yaml`. */
export type ResponsePolicyData = z.output<typeof schema>;

export class ResponsePolicy {
  private constructor(readonly data: ResponsePolicyData) {}

  /** Throws `ConfigError` with file and line. */
  static load(configDir: string): ResponsePolicy {
    return new ResponsePolicy(readYaml(path.join(configDir, 'response.yaml'), schema));
  }
}
