import { describe, expect, it } from '@jest/globals';
import { toGcj02, toWgs84 } from './coordinates.js';
import { type HotlineMessage, readHotlineMessage } from './hotline-message.js';
import { draftOfServiceRequest, type ServiceOrder, serviceRequestOf } from './open311.js';

const message = (more: Partial<HotlineMessage> = {}): HotlineMessage => ({
  number: '0012',
  occurredAt: '2026-11-20T14:05:33+08:00',
  content: '诉求:小区停水三天。请处理',
  channel: '电话',
  ...more,
});

describe('a hotline message', () => {
  it('becomes a call with the number as identity and a title of its own words', () => {
    expect(readHotlineMessage(message())).toMatchObject({
      identityKey: '0012',
      workOrderNumber: '0012',
      kind: 'call',
      title: '小区停水三天',
      body: '诉求:小区停水三天。请处理',
      occurredAt: new Date('2026-11-20T06:05:33Z'),
    });
  });

  it('keeps the caller out of everything but the personal part', () => {
    const draft = readHotlineMessage(
      message({ caller: { name: '张建国', phone: '13812345678' }, content: '我叫张建国,电话13812345678' }),
    );
    expect(draft).toMatchObject({
      personal: [
        { kind: 'name', value: '张建国' },
        { kind: 'mobile', value: '13812345678' },
      ],
    });
    expect(JSON.stringify({ ...draft, personal: null })).not.toMatch(/建国|13812345678/);
  });

  it.each([
    ['a field that is missing', { number: undefined }, 'number', 'HOTLINE_BAD_MESSAGE'],
    ['a number that lost its zeros', { number: 12 }, 'number', 'HOTLINE_BAD_MESSAGE'],
    ['a misspelt field', { contant: 'x' }, 'contant', 'HOTLINE_BAD_MESSAGE'],
    ['a wrong field inside', { caller: { phone: 1 } }, 'caller.phone', 'HOTLINE_BAD_MESSAGE'],
    ['a time that is none', { occurredAt: 'yesterday' }, 'occurredAt', 'HOTLINE_BAD_TIME'],
  ])('refuses %s, naming it', (_, more, field, code) => {
    expect(readHotlineMessage({ ...message(), ...more })).toMatchObject({ fault: { field, code } });
  });

  it.each([null, 1, 'text', []])('refuses %j', (value) =>
    expect(readHotlineMessage(value)).toMatchObject({ fault: { code: 'HOTLINE_BAD_MESSAGE' } }),
  );
});

describe('Open311 GeoReport v2 (domain 6.6)', () => {
  const order: ServiceOrder = {
    publicNumber: 'NT-1', matter: { code: '010203', name: '供水', group: '公用事业', keywords: ['停水'] }, closed: false, result: '', content: '家住人民路88号,电话13812345678,停水', bodyName: '市水利局', promise: '5个工作日',
    receivedAt: new Date('2026-11-20T06:05:33Z'), updatedAt: null, dueAt: new Date('2026-11-27T16:00:00Z'), place: '幸福小区3栋2单元501', areaCode: '320602', point: { latitude: 31.98, longitude: 120.89 }, mediaUrl: null, acknowledgedAt: null, returns: 1, supervised: false, satisfaction: null,
  }; // prettier-ignore

  it('shows an order with times in the office zone, masked and coarse', () => {
    const request = serviceRequestOf(order);
    expect(request).toMatchObject({
      service_request_id: 'NT-1',
      status: 'open',
      requested_datetime: '2026-11-20T14:05:33+08:00',
      updated_datetime: null,
      address: '幸福小区***',
      x_returns: 1,
    });
    expect(request.description).toBe('家住人民路***,电话138****5678,停水');
    expect(request.lat).toBeCloseTo(31.982, 2);
    expect(String(request.long)).toMatch(/^\d+\.\d{1,3}$/);
  });

  it('takes a posted request, its token as identity', () => {
    const draft = draftOfServiceRequest(
      {
        service_code: '010203',
        description: '停水',
        lat: '31.98',
        long: '120.89',
        first_name: '建国',
        last_name: '张',
        email: 'a@b.cn',
      },
      'token-1',
      new Date('2026-11-20T06:05:33Z'),
    );
    expect(draft).toMatchObject({
      identityKey: 'token-1',
      kind: 'message',
      raw: { serviceCode: '010203', point: '31.98,120.89' },
      personal: [
        { kind: 'name', value: '张建国' },
        { kind: 'email', value: 'a@b.cn' },
      ],
    });
    expect(draftOfServiceRequest({ service_code: '1' }, 't', new Date(0))).toMatchObject({
      fault: { field: 'description' },
    });
  });

  it('turns GCJ-02 back into WGS-84', () => {
    const point = { latitude: 31.98, longitude: 120.89 };
    const there = toGcj02(point);
    expect(Math.abs(there.longitude - point.longitude)).toBeGreaterThan(0.003);
    expect(toWgs84(there).latitude).toBeCloseTo(point.latitude, 6);
    expect(toWgs84({ latitude: 48.85, longitude: 2.35 })).toEqual({ latitude: 48.85, longitude: 2.35 });
  });
});
