import { z } from 'zod';

const code6 = z.string().regex(/^\d{6}$/, 'six digits in quotes');
const bodyCode = z.string().regex(/^[A-Z]{2,10}$/, 'two to ten capitals');
const date = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/)
  .nullable()
  .default(null);
/** Matter words stand in one text, parted by blanks: easier to read and to edit than a list. */
const wordText = z
  .string()
  .default('')
  .transform((text) => text.split(/\s+/u).filter((word) => word !== ''))
  .refine((list) => list.every((word) => word.length >= 2), 'words have two characters at least');
const words = z.array(z.string().min(2)).default([]);

export const bodyTypeSchema = z.strictObject({
  code: bodyCode,
  kind: z.enum(['party', 'government', 'vertical', 'enterprise', 'group', 'division']),
  names: z.strictObject({ official: z.string().min(2), short: words, former: words }),
  duty: z.string().min(2),
  regulator: bodyCode.nullable().default(null),
  basis: z.string().min(2),
  strong: wordText,
  weak: wordText,
});

export const catalogueSchema = z.strictObject({ bodies: z.array(bodyTypeSchema).min(1) });

const matterSchema = z.strictObject({
  id: z.string().min(2),
  label: z.string().min(2),
  basis: z.string().min(2),
  all: z.array(z.string().min(1)).min(1),
  none: z.string().nullable().default(null),
  lead: bodyCode,
  co: z.array(z.strictObject({ code: bodyCode, task: z.string().min(2) })).default([]),
});

export const sharedMattersSchema = z.strictObject({
  matters: z.array(matterSchema),
  /** Looked at only where neither a word nor a matter speaks. */
  lastResort: z.array(matterSchema).default([]),
});

const placeSchema = z.strictObject({
  name: z.string().min(2),
  kind: z.enum(['town', 'village', 'park', 'road', 'landmark', 'company', 'school']),
  aliases: words,
});

const countySchema = z.strictObject({
  code: z.string().regex(/^(\d{6}|\d{9})$/, 'six or nine digits in quotes'),
  name: z.string().min(2),
  level: z.enum(['county', 'zone', 'town']).default('county'),
  parent: z.string().optional(),
  aliases: words,
  former: words,
  places: z.array(placeSchema).default([]),
});

const localBodySchema = z.strictObject({
  code: bodyCode,
  at: z.string().optional(),
  name: z.string().min(2).optional(),
  short: z.string().min(2).optional(),
  aliases: words,
  parent: bodyCode.optional(),
  regulator: bodyCode.optional(),
  validFrom: date,
  validTo: date,
});

export const citySchema = z.strictObject({
  code: code6,
  name: z.string().min(2),
  /** Begins the numbers of orders, urgings and statements (文号). */
  numberPrefix: z.string().min(1).max(6),
  short: words,
  province: z.string().min(2),
  prefecture: z.string().min(2).nullable().default(null),
  policy: z.string().min(2),
  unitLevel: z.enum(['county', 'town', 'none']),
  /** Whether towns come from the division data (false for an invented city). */
  divisions: z.boolean().default(true),
  counties: z.array(countySchema).default([]),
  places: z.array(placeSchema).default([]),
  /** Town names whose short form is an ordinary word: only the full name counts. */
  ordinaryNames: words,
  /** Sayings in which a place name is no place. */
  sayings: words,
  /** Neighbouring prefectures whose counties are also known by short names. */
  neighbours: words,
  /** Characters before or after a name with which it is part of another word. */
  guards: z
    .record(z.string(), z.strictObject({ before: z.string().default(''), after: z.string().default('') }))
    .default({}),
  bodies: z.strictObject({
    types: z.array(bodyTypeSchema).default([]),
    city: z.array(bodyCode).optional(),
    notInCity: z.array(bodyCode).default([]),
    county: z.array(bodyCode).optional(),
    notInCounty: z.array(bodyCode).default([]),
    local: z.array(localBodySchema).default([]),
    standIns: z.record(bodyCode, bodyCode).default({}),
    townOffices: z.boolean().default(false),
  }),
  roles: z.strictObject({
    coordinators: z.array(bodyCode).min(1),
    leadDecider: bodyCode,
    queue: bodyCode,
    discipline: bodyCode,
    supervision: bodyCode.default('SUPV'),
    rumourTransfer: z.array(bodyCode).min(1),
  }),
  matters: z.array(matterSchema).default([]),
});

export type CityPack = z.output<typeof citySchema>;
export type Catalogue = z.output<typeof catalogueSchema>;
export type BodyTypeData = z.output<typeof bodyTypeSchema>;
export type SharedMatterData = z.output<typeof matterSchema>;
