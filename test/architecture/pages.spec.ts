import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@jest/globals';

const web = path.resolve(import.meta.dirname, '../../apps/web');
/** The one page without an address: it stands wherever nobody is signed in. */
const UNADDRESSED = ['sign-in-page'];

test('every page has a route', () => {
  const routes = readdirSync(path.join(web, 'pages'))
    .map((file) => readFileSync(path.join(web, 'pages', file), 'utf8'))
    .join('\n');
  const pages = readdirSync(web, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('-page.tsx'))
    .map((file) => path.basename(file, '.tsx'))
    .filter((page) => !UNADDRESSED.includes(page));
  expect(pages.length).toBeGreaterThan(20);
  expect(pages.filter((page) => !routes.includes(`/${page}')`))).toEqual([]);
});
