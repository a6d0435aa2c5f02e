import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { parse, stringify } from 'yaml';
import { loadCity } from './load-city.js';

// The first load reads the country's divisions and all packs; on a busy machine that takes seconds.
jest.setTimeout(60_000);

const CONFIG = fileURLToPath(new URL('../../config', import.meta.url));

describe('loadCity', () => {
  it.each(['yunjiang', 'nantong', 'yiwu', 'heze', 'press-bureau'])(
    'loads %s: every body hangs on the lead decider, policy is named',
    (id) => {
      const city = loadCity(CONFIG, id);
      const tops = [...city.bodies.values()].filter((b) => b.parent === null);
      expect(tops.map((b) => b.code)).toEqual([city.roles.leadDecider]);
      expect(city.policy).toBe(id);
    },
  );

  it('names bodies by jurisdiction and code and finds the one above where a county has none', () => {
    const city = loadCity(CONFIG, 'yunjiang');
    expect(city.bodies.get('990121-ENV')).toMatchObject({
      name: '白塔县生态环境局',
      level: 'county',
      parent: '990121-GOVO',
    });
    expect(city.bodyFor('990121', 'MARI')?.id).toBe('990100-MARI');
    expect(city.bodies.get('990121-WSUP')?.regulator).toBe('990121-HOUS');
  });

  it('nests the divisions of a bureau', () => {
    const city = loadCity(CONFIG, 'press-bureau');
    expect(city.bodies.get('320000-ANTIPORN')?.parent).toBe('320000-PUBLISH');
    expect(city.bodies.get('320000-PUBLISH')?.parent).toBe('320000-BUREAU');
  });
});

describe('what loadCity refuses', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'city-'));
    cpSync(path.join(CONFIG, 'bodies'), path.join(folder, 'bodies'), { recursive: true });
    cpSync(path.join(CONFIG, 'cities'), path.join(folder, 'cities'), { recursive: true });
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- edits raw YAML on purpose
  const edit = (file: string, change: (data: any) => void) => {
    const at = path.join(folder, file);
    const data: unknown = parse(readFileSync(at, 'utf8'));
    change(data);
    writeFileSync(at, stringify(data));
  };
  const load = () => loadCity(folder, 'yunjiang');

  it('an unknown body code', () => {
    edit('cities/yunjiang.yaml', (c) => c.bodies.local.push({ code: 'NOPE' }));
    expect(load).toThrow(/cities\/yunjiang\.yaml:\d+: bodies\.local\.6: unknown body code NOPE/);
  });

  it('a cycle in the tree of places and in the tree of bodies', () => {
    edit(
      'cities/yunjiang.yaml',
      (c) => Object.assign(c.counties[0], { parent: '990103' }) && Object.assign(c.counties[1], { parent: '990102' }),
    );
    expect(load).toThrow(/yunjiang\.yaml:\d+: counties\.990102: cycle/);
    edit('cities/yunjiang.yaml', (c) => {
      c.counties.forEach((county: { parent?: string }) => delete county.parent);
      c.bodies.local.push({ code: 'HOUS', parent: 'URB' }, { code: 'URB', parent: 'HOUS' });
    });
    expect(load).toThrow(/yunjiang\.yaml:\d+: bodies\.990100-\w+\.parent: cycle/);
  });

  it('a shared matter with two leads', () => {
    edit('bodies/disputes.yaml', (d) => {
      d.matters[0].co = [{ code: d.matters[0].lead, task: '也牵头' }];
    });
    expect(load).toThrow(/disputes\.yaml:\d+: matters\.[\w-]+: \w+ leads and assists at once/);
  });

  it('one key for two shared matters', () => {
    edit('bodies/disputes.yaml', (d) => d.matters.push(d.matters[0]));
    expect(load).toThrow(/disputes\.yaml:\d+: matters\.[\w-]+: stands twice/);
  });

  it('a body that no word and no role leads to', () => {
    edit('bodies/catalogue.yaml', (c) =>
      c.bodies.push({
        code: 'GHOST',
        kind: 'government',
        names: { official: '幽灵局' },
        duty: '无职责',
        basis: '本市设立',
      }),
    );
    expect(load).toThrow(/bodies\.\d+-GHOST: no matter word/);
  });

  it('duplicates of codes, names, words and places', () => {
    edit('bodies/catalogue.yaml', (c) => c.bodies[9].names.short.push('教育局'));
    expect(load).toThrow(/catalogue\.yaml:\d+: bodies\.\w+\.names: 教育局 also names EDU/);
    edit('bodies/catalogue.yaml', (c) => c.bodies[9].names.short.pop() && c.bodies.push(c.bodies[0]));
    expect(load).toThrow(/bodies\.GOVO: code stands twice/);
    edit('bodies/catalogue.yaml', (c) => c.bodies.pop());
    edit('cities/yunjiang.yaml', (c) => c.counties.push({ ...c.counties[0], name: '又一区' }));
    expect(load).toThrow(/yunjiang\.yaml:\d+: counties: code 990102 stands twice/);
  });

  it('a missing key, and YAML that does not parse, with path or line', () => {
    edit('cities/yunjiang.yaml', (c) => delete c.roles.queue);
    expect(load).toThrow(/yunjiang\.yaml:\d+: roles\.queue/);
    writeFileSync(path.join(folder, 'cities/yunjiang.yaml'), 'code: "990100"\nname: [云江\npolicy: x\n');
    expect(load).toThrow(/yunjiang\.yaml:\d+/);
  });
});
