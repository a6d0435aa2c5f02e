import { describe, expect, it } from '@jest/globals';
import type { HeldDuty, Permission } from './contract.js';
import { callerFor, callerOf, type Identity } from './caller.js';

const held = (overrides: Partial<HeldDuty> = {}): HeldDuty => ({
  duty: 'spokesperson',
  bodyId: '990121-ENV',
  jurisdiction: '990121',
  sees: 'body',
  permissions: new Set<Permission>(['incident.read', 'statement.draft']),
  ...overrides,
});
const statistician = held({
  duty: 'statistician',
  bodyId: null,
  jurisdiction: '990100',
  sees: 'jurisdiction',
  permissions: new Set<Permission>(['incident.read', 'report.read']),
});
const identity = (overrides: Partial<Identity> = {}): Identity => ({
  userId: 'u1',
  username: 'li.wen',
  displayName: '李文',
  kind: 'user',
  duties: [held(), statistician],
  ...overrides,
});
const need = (permission: Permission) => ({ permission, purpose: 'case', requestId: 'r1' }) as const;

describe('a caller', () => {
  it('may what any of the duties allows, and sees by all of them together', () => {
    const caller = callerOf(identity());
    expect([...caller.permissions].sort()).toEqual(['incident.read', 'report.read', 'statement.draft']);
    expect(caller.scope).toEqual({ purpose: 'case', jurisdictions: ['990100'], bodies: ['990121-ENV'] });
  });

  it('sees in a call only through the duties that carry its permission', () => {
    const caller = callerOf(identity());
    expect(callerFor(caller, need('statement.draft')).scope).toEqual({
      purpose: 'case',
      jurisdictions: [],
      bodies: ['990121-ENV'],
    });
    expect(callerFor(caller, need('report.read')).scope).toEqual({
      purpose: 'case',
      jurisdictions: ['990100'],
      bodies: [],
    });
    expect(callerFor(caller, need('account.manage')).scope).toEqual({ purpose: 'case', jurisdictions: [], bodies: [] });
  });

  it('without duties may nothing and sees nothing', () => {
    const caller = callerOf(identity({ duties: [] }));
    expect(caller.permissions.size).toBe(0);
    expect(caller.scope).toEqual({ purpose: 'case', jurisdictions: [], bodies: [] });
  });

  it('with a token may only what its scopes name and the person may as well', () => {
    const token = {
      id: 't1',
      name: 'hotline bridge',
      scopes: ['report.read', 'account.manage'] as Permission[],
      sourceId: null,
    };
    const caller = callerOf(identity({ kind: 'token', token }));
    expect([...caller.permissions]).toEqual(['report.read']);
    expect(caller.actor).toMatchObject({ kind: 'token', id: 'u1', name: '李文 (hotline bridge)' });
  });

  it('stands in the ledger with the duty that allowed the call, and names for whom a deputy acts', () => {
    const deputy = held({ deputyFor: { userId: 'u2', displayName: '王强' } });
    const caller = callerFor(callerOf(identity({ duties: [deputy] })), need('statement.draft'));
    expect(caller.actor).toEqual({
      kind: 'user',
      id: 'u1',
      name: '李文',
      duty: 'spokesperson (deputy for 王强)',
      requestId: 'r1',
    });
  });
});
