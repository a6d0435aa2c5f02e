import { describe, expect, it } from '@jest/globals';
import { type SignLinkFacts, signLinkFault } from './sign-link.js';

const now = new Date('2026-03-02T10:00:00+08:00');
const later = new Date('2026-03-02T10:00:01+08:00');
const link = { bodyId: '990121-ENV', expiresAt: later, usedAt: null };
const order = { bodyId: '990121-ENV', state: 'dispatched' as const, endedAt: null, acknowledgedAt: null };
const fault = (facts: Partial<SignLinkFacts>) => signLinkFault({ link, order, ...facts }, now);

describe('signLinkFault', () => {
  it('lets a fresh link of the body sign', () => expect(fault({})).toBeNull());

  it('tells each way in which it can be too late', () => {
    expect(fault({ link: { ...link, usedAt: now } })).toBe('used');
    expect(fault({ link: { ...link, expiresAt: now } })).toBe('expired');
    expect(fault({ order: { ...order, endedAt: now, state: 'withdrawn' } })).toBe('withdrawn');
    expect(fault({ order: { ...order, state: 'returnRequested' } })).toBe('withdrawn');
    expect(fault({ order: { ...order, state: 'acknowledged', acknowledgedAt: now } })).toBe('signed');
  });

  it('knows no link and no order of another body', () => {
    expect(fault({ link: undefined })).toBe('unknown');
    expect(fault({ order: { ...order, bodyId: '990121-URB' } })).toBe('otherBody');
  });
});
