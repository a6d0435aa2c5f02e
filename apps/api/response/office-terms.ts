import path from 'node:path';
import { z } from 'zod';
import { DisputeTerms } from '#assignment/dispute-course.service.js';
import { SignLinkTerms } from '#assignment/sign-links.service.js';
import { readYaml } from '#platform/config/read-yaml.js';

const minutes = z.number().int().min(1).max(10_080);
const disputeSchema = z.strictObject({
  version: z.number().int(),
  decideWithin: z.strictObject({ fastMinutes: minutes, otherMinutes: minutes }),
  opinionOf: z.array(z.string().max(10)).max(10),
});
const linkSchema = z.strictObject({ version: z.number().int(), validHours: z.number().min(0.25).max(168) });

/** Terms of disputes and of links to sign by. Throws `ConfigError` with file and line. */
export const loadDisputeTerms = (configDir: string): DisputeTerms =>
  readYaml(path.join(configDir, 'dispute-course.yaml'), disputeSchema);
export const loadSignLinkTerms = (configDir: string): SignLinkTerms =>
  readYaml(path.join(configDir, 'sign-links.yaml'), linkSchema);
