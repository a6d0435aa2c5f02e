import { describe, expect, it } from '@jest/globals';
import { deidentify } from './deidentify.js';
import { idCardCheckDigit } from './personal-numbers.js';

const kinds = (text: string) => deidentify(text).found.map((finding) => finding.kind);
/** A card of nobody: a region and birthday with the right check digit. */
const card = (first17: string) => first17 + idCardCheckDigit(first17);

describe('numbers', () => {
  it.each([
    ['电话13812345678,请回电', '电话138****5678,请回电', 'mobile'],
    ['手机 138-1234-5678', '手机 138****5678', 'mobile'],
    ['手机138 1234 5678。', '手机138****5678。', 'mobile'],
    ['联系１３８１２３４５６７８', '联系138****5678', 'mobile'],
    ['打一三八 1234 五六七八', '打138****5678', 'mobile'],
    ['幺三九一二三四五六七八给我打电话', '139****5678给我打电话', 'mobile'],
    ['+86 13812345678', '138****5678', 'mobile'],
    ['微信同号13812345678', '微信同号138****5678', 'mobile'],
    ['3206 8219 9001 0112 34', '320682**********34', 'idCard'],
    ['身份证320682850715123', '身份证320682*******23', 'idCard'],
    [`证号${card('11010519491231002')}`, `证号110105**********${card('11010519491231002').slice(-2)}`, 'idCard'],
    ['座机0513-85123456', '座机0513-********', 'landline'],
    ['卡号6222 0200 0000 0000 000', '卡号***************0000', 'bankCard'],
  ])('%s', (text, masked, kind) => {
    const result = deidentify(text);
    expect(result.found.map((finding) => finding.kind)).toEqual([kind]);
    expect(result.text).toBe(masked);
    const [finding] = result.found;
    expect(text.slice(finding!.start, finding!.end)).toBe(finding!.value);
  });

  it.each([
    '工单号13800001111请查收',
    '工单编号:15912345678',
    '2026-11-20',
    '2026-11-20 14:05:33',
    'GB/T 37964-2019',
    '苏政办发〔2019〕51号',
    '流水号202611201234567890',
    '订单号6222020000000000000',
    '138****1234',
    '投资13812345678901元',
    '12345热线',
    '咨询电话0513-85123456',
    '客服4008123456',
    '坐标120.8512345,32.0123456',
  ])('leaves %s', (text) => expect(deidentify(text)).toEqual({ text, found: [] }));
});

describe('accounts, plates and addresses', () => {
  it.each([
    ['邮箱 zhang.san@example.com', '邮箱 z***@example.com', 'email'],
    ['微信号:zhangsan_88', '微信号:z***', 'wechat'],
    ['加vx abc12345', '加vx a***', 'wechat'],
    ['QQ:12345678', 'QQ:1***', 'qq'],
    ['车牌苏FD12345堵路', '车牌苏F*****堵路', 'plate'],
    ['苏F·A1234违停', '苏F*****违停', 'plate'],
    ['如东县洋口镇某小区3栋2单元501', '如东县洋口镇某小区***', 'address'],
    ['世纪花园12号楼1203室漏水', '世纪花园***漏水', 'address'],
    ['幸福小区5-302停电', '幸福小区***停电', 'address'],
    ['兴隆村5组12号房屋倒塌', '兴隆村***房屋倒塌', 'address'],
    ['家住人民路88号', '家住人民路***', 'address'],
  ])('%s', (text, masked, kind) => {
    expect(deidentify(text).text).toBe(masked);
    expect(kinds(text)).toEqual([kind]);
  });

  it.each([
    '人民路88号饭店油烟扰民',
    '拆除3栋违建',
    '两座大桥',
    '苏通大桥',
    '乘坐12路',
    '工业园区污水',
    '苏F开头的车',
    '第5组检查人员',
  ])('leaves %s', (text) => expect(deidentify(text).text).toBe(text));
});

describe('names and children', () => {
  it.each([
    ['来电人:张建国,反映停水', '来电人:张某某,反映停水', 'name'],
    ['市民王丽反映噪声', '市民王某反映噪声', 'name'],
    ['我叫欧阳明月,住在这里', '我叫欧阳某某,住在这里', 'name'],
    ['姓名 陈晨 电话', '姓名 陈某 电话', 'name'],
    ['李小红女士来电', '李某某女士来电', 'name'],
    ['我女儿叫周雨桐,被打', '我女儿叫某某某,被打', 'minor'],
    ['实验小学三年级2班', '实验小学某班', 'minor'],
    ['第一中学高二(3)班', '第一中学某班', 'minor'],
  ])('%s', (text, masked, kind) => {
    expect(deidentify(text).text).toBe(masked);
    expect(kinds(text)).toEqual([kind]);
  });

  it.each([
    '张某某反映',
    '李女士来电',
    '我是高三学生,食堂饭菜涨价',
    '市民常年投诉',
    '当事人张建国局长回应称',
    '我是江苏人',
    '业主关于物业费的意见',
    '市教育局王建国局长表示',
  ])('leaves %s', (text) => expect(deidentify(text).text).toBe(text));
});

it('finds everything in one text, in its order, and changes nothing else', () => {
  const text =
    '来电人:张建国,电话１３８１２３４５６７８,家住洋口镇某小区3栋2单元501,其子在洋口小学三年级2班,微信zhangjg_1。';
  const { text: masked, found } = deidentify(text);
  expect(masked).toBe('来电人:张某某,电话138****5678,家住洋口镇某小区***,其子在洋口小学某班,微信z***。');
  expect(found.map((finding) => finding.kind)).toEqual(['name', 'mobile', 'address', 'minor', 'wechat']);
  expect(deidentify(masked).found).toEqual([]);
});
