import { z } from 'zod';
import { id, instant } from '../http/schemas.js';

const personSchema = z
  .object({
    id: id(),
    bodyId: z.string(),
    name: z.string(),
    post: z.string(),
    role: z.enum(['head', 'spokesperson', 'deputy', 'liaison']),
    phone: z.string().nullable(),
    validFrom: z.string(),
    validTo: z.string().nullable(),
  })
  .meta({ id: 'Person' });

const turnSchema = z
  .object({
    id: id(),
    personId: id(),
    deputyId: id().nullable(),
    startsAt: instant(),
    endsAt: instant(),
    handover: z.object({ note: z.string(), by: z.string(), at: z.string() }).nullable(),
  })
  .meta({ id: 'DutyTurn' });

export const bodyDetailSchema = z
  .object({
    id: z.string(),
    code: z.string(),
    jurisdiction: z.string(),
    name: z.string(),
    shortName: z.string(),
    kind: z.string(),
    level: z.string(),
    parentId: z.string().nullable(),
    regulatorId: z.string().nullable(),
    duty: z.string(),
    strongWords: z.array(z.string()),
    weakWords: z.array(z.string()),
    persons: z.array(personSchema),
    turns: z.array(turnSchema),
    onDuty: z.object({
      personId: id().nullable(),
      deputyId: id().nullable(),
      by: z.enum(['roster', 'spokesperson', 'head', 'nobody']),
    }),
    accounts: z.number().int(),
  })
  .meta({ id: 'BodyDetail' });

export const gapSchema = z.object({
  bodyId: z.string(),
  name: z.string(),
  gap: z.enum(['nobody', 'noSpokesperson', 'noDeputy']),
});

export const importOutcomeSchema = z
  .object({
    applied: z.boolean(),
    bodies: z.number().int(),
    persons: z.number().int(),
    turns: z.number().int(),
    faults: z.array(z.object({ row: z.number().int(), column: z.string(), code: z.string(), value: z.string() })),
  })
  .meta({ id: 'DirectoryImport' });

export const bodyOfDaySchema = z.object({
  assignmentId: id(),
  bodyId: z.string(),
  name: z.string(),
  at: instant(),
  head: z.string().nullable(),
  spokesperson: z.string().nullable(),
});
