import { z } from 'zod';
import { DISPOSITIONS } from '#response/rules/dispositions.js';
import { id, instant } from '../http/schemas.js';

export const conferenceSchema = z
  .object({
    id: id(),
    incidentId: id(),
    bodyId: z.string(),
    state: z.enum(['planned', 'announced', 'held', 'waived', 'cancelled']),
    plannedAt: instant().nullable(),
    heldAt: instant().nullable(),
    place: z.string().nullable(),
    liveUrl: z.string().nullable(),
    host: z.string().nullable(),
    speakers: z.array(z.object({ name: z.string(), post: z.string(), rank: z.string() })),
    mediaCount: z.number().int().nullable(),
    recordUrl: z.string().nullable(),
    waiver: z.object({ decidedBy: z.string(), ground: z.string(), at: z.string() }).nullable(),
    filedAt: instant(),
    version: z.number().int(),
  })
  .meta({ id: 'PressConference' });

export const reportUpSchema = z
  .object({
    id: id(),
    incidentId: id(),
    channel: z.string(),
    recipients: z.array(z.object({ office: z.string(), person: z.string().optional() })),
    text: z.string(),
    sentAt: instant(),
    receivedAt: instant().nullable(),
    receivedBy: z.string().nullable(),
  })
  .meta({ id: 'FirstReport' });

export const dispositionSchema = z
  .object({
    id: id(),
    kind: z.enum(DISPOSITIONS),
    state: z.enum(['open', 'satisfied']),
    evidence: z.record(z.string(), z.unknown()),
    at: instant(),
  })
  .meta({ id: 'Disposition' });

const stepSchema = z.object({ name: z.string(), duty: z.string().nullable(), at: z.string(), note: z.string() });

export const closeOutSchema = z
  .object({ rectified: stepSchema.optional(), accepted: stepSchema.optional(), struckOff: stepSchema.optional() })
  .meta({ id: 'CloseOut' });
