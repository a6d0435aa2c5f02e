import { expect, test } from '@jest/globals';
import { faultOfPrefix } from './channel-address.js';

test('R49 an address ends at a border of the path and carries no query', () => {
  expect(faultOfPrefix('webRelease', 'https://www.example.gov.cn/')).toBeUndefined();
  expect(faultOfPrefix('webRelease', 'https://www.example.gov.cn/gov')).toBe('invalid');
  expect(faultOfPrefix('webRelease', 'https://user@www.example.gov.cn/')).toBe('invalid');
  expect(faultOfPrefix('webRelease', 'javascript:alert(1)/')).toBe('invalid');
  expect(faultOfPrefix('webRelease', null)).toBe('missing');
});

test('E-06 an account on a shared platform is its own path, never the platform', () => {
  expect(faultOfPrefix('weibo', 'https://weibo.example/')).toBe('tooWide');
  expect(faultOfPrefix('weibo', 'https://weibo.example/u/1234/')).toBeUndefined();
  expect(faultOfPrefix('paper', 'https://x.example/')).toBe('superfluous');
  expect(faultOfPrefix('paper', null)).toBeUndefined();
});
