import { z } from 'zod';
import { DUTIES, PERMISSIONS } from '#accounts/contract.js';
import { id, instant } from '../http/schemas.js';
import { positionSchema } from '../live/position.js';

export const dutySchema = z.enum(DUTIES);
export const permissionSchema = z.enum(PERMISSIONS);
export const jurisdictionSchema = z.string().regex(/^\d{6}(\d{3}){0,2}$/, 'a code of six, nine or twelve digits');

export const heldDutySchema = z
  .object({
    duty: dutySchema,
    bodyId: z.string().nullable(),
    jurisdiction: z.string(),
    sees: z.enum(['jurisdiction', 'body']),
    permissions: z.array(permissionSchema),
    deputyFor: z.object({ userId: id(), displayName: z.string() }).optional(),
  })
  .meta({ id: 'HeldDuty' });

export const sessionSchema = z
  .object({
    userId: id(),
    username: z.string(),
    displayName: z.string(),
    kind: z.enum(['user', 'token']),
    duties: z.array(heldDutySchema),
    permissions: z.array(permissionSchema),
    jurisdictions: z.array(z.string()),
    bodies: z.array(z.string()),
    /** Send it back as `X-CSRF-Token` with every unsafe call. Empty for a machine token, which needs none. */
    csrfToken: z.string(),
    expiresAt: instant().nullable(),
    serverTime: instant(),
    /** Where `/live` begins for who reads after this: sent as `auth.since` when connecting. */
    live: positionSchema,
  })
  .meta({ id: 'Session' });

export const accountSchema = z
  .object({
    id: id(),
    username: z.string(),
    displayName: z.string(),
    disabledAt: instant().nullable(),
    createdAt: instant(),
    lastSignInAt: instant().nullable(),
    openSessions: z.number().int(),
    version: z.number().int(),
    duties: z.array(
      z.object({
        id: id(),
        duty: z.string(),
        bodyId: z.string().nullable(),
        bodyName: z.string().nullable(),
        jurisdiction: z.string(),
        validFrom: instant(),
        validTo: instant().nullable(),
        deputyFor: id().nullable(),
      }),
    ),
  })
  .meta({ id: 'Account' });

export const tokenSchema = z
  .object({
    id: id(),
    name: z.string(),
    userId: id(),
    username: z.string(),
    scopes: z.array(z.string()),
    sourceId: id().nullable(),
    createdAt: instant(),
    expiresAt: instant(),
    lastUsedAt: instant().nullable(),
    revokedAt: instant().nullable(),
  })
  .meta({ id: 'Token' });
