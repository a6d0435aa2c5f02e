import { describe, expect, it } from '@jest/globals';
import { DIRECTORY_COLUMNS, type KnownDirectory, readDirectoryRows } from './directory-rows.js';

const known: KnownDirectory = {
  parents: new Map([
    ['990121-GOVO', null],
    ['990121-ENV', '990121-GOVO'],
    ['990121-URB', '990121-GOVO'],
  ]),
  codes: new Set(['GOVO', 'ENV', 'URB', 'TRAN']),
  people: new Map([['990121-ENV', new Set(['方远'])]]),
  today: '2026-03-02',
};
type Cells = Partial<Record<(typeof DIRECTORY_COLUMNS)[number], string>>;
const read = (...rows: Cells[]) =>
  readDirectoryRows(
    [
      { row: 1, sheet: '', cells: [...DIRECTORY_COLUMNS] },
      ...rows.map((cells, at) => ({
        row: at + 2,
        sheet: '',
        cells: DIRECTORY_COLUMNS.map((name) => cells[name] ?? ''),
      })),
    ],
    known,
  );
const faults = (...rows: Cells[]) => read(...rows).faults.map(({ row, column, code }) => `${row} ${column} ${code}`);
const body: Cells = { 类型: '机构', 机构: '990121-ENV', 名称: '白塔县生态环境局' };
const person: Cells = { 类型: '人员', 机构: '990121-ENV', 姓名: '方远', 角色: '新闻发言人', 职务: '副局长' };
const turn: Cells = {
  类型: '值班',
  机构: '990121-ENV',
  姓名: '方远',
  开始: '2026-03-02 08:00',
  结束: '2026-03-02 20:00',
};

describe('readDirectoryRows', () => {
  it('reads bodies, people and turns of one table', () => {
    const table = read({ ...body, 生效日期: '2026/1/5' }, { ...person, 电话: '0513-1234' }, turn, {});
    expect(table.faults).toEqual([]);
    expect(table.bodies).toMatchObject([{ bodyId: '990121-ENV', validFrom: '2026-01-05', parentId: '990121-GOVO' }]);
    expect(table.persons).toMatchObject([{ name: '方远', role: 'spokesperson', validFrom: '2026-03-02' }]);
    expect(table.turns).toMatchObject([{ startsAt: new Date('2026-03-02T08:00:00+08:00') }]);
  });

  it('names row, column and fault of each row that is wrong', () => {
    expect(faults({ ...body, 类型: '单位' })).toEqual(['2 类型 UNKNOWN_KIND']);
    expect(faults({ ...body, 机构: '990121-NOPE' })).toEqual(['2 机构 UNKNOWN_CODE']);
    expect(faults({ ...body, 机构: '990121-TRAN' })).toEqual(['2 机构 UNKNOWN_BODY']);
    expect(faults({ ...body, 名称: '' })).toEqual(['2 名称 NAME_MISSING']);
    expect(faults({ ...body, 上级: '990121-ENV' })).toEqual(['2 上级 OWN_PARENT', '2 上级 CYCLE']);
    expect(faults({ ...body, 上级: '990121-X' })).toContain('2 上级 UNKNOWN_PARENT');
    expect(faults({ ...body, 生效日期: '2026-02-30' })).toEqual(['2 生效日期 DAY_INVALID']);
    expect(faults(body, body)).toEqual(['3 机构 TWICE']);
    expect(faults({ ...person, 角色: '职员' })).toEqual(['2 角色 UNKNOWN_ROLE']);
    expect(faults({ ...turn, 开始: '八点' })).toEqual(['2 开始 TIME_INVALID']);
    expect(faults({ ...turn, 结束: '2026-03-02 08:00' })).toEqual(['2 结束 TIME_REVERSED']);
    expect(faults(turn, { ...turn, 开始: '2026-03-02 19:00', 结束: '2026-03-03 08:00' })).toEqual([
      '3 开始 TURNS_OVERLAP',
    ]);
  });

  it('refuses two leads of a body on one day', () => {
    expect(faults(person, { ...person, 姓名: '顾平' })).toEqual(['3 角色 TWICE']);
    expect(faults({ ...person, 角色: '联络员' }, { ...person, 姓名: '顾平', 角色: '联络员' })).toEqual([]);
  });

  it('sees a circle of parents over the whole table and what is known already', () => {
    expect(faults({ ...body, 机构: '990121-GOVO', 上级: '990121-URB' }, { ...body, 上级: '990121-GOVO' })).toEqual([
      '2 上级 CYCLE',
      '3 上级 CYCLE',
    ]);
  });

  it('knows people of the directory and of the table, wherever they stand', () => {
    expect(faults({ ...turn, 姓名: '沈岚' })).toEqual(['2 姓名 UNKNOWN_PERSON']);
    expect(faults({ ...turn, 姓名: '沈岚' }, { ...person, 姓名: '沈岚' })).toEqual([]);
    expect(faults({ ...turn, 副班: '无名' })).toEqual(['2 副班 UNKNOWN_PERSON']);
  });

  it('needs a heading', () => {
    expect(readDirectoryRows([{ row: 1, sheet: '', cells: ['机构', '名称'] }], known).faults[0]!.code).toBe(
      'NO_HEADING',
    );
  });
});
