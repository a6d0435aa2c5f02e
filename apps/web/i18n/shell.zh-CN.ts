/** Words of the frame: menu and what stands around every page. */
export const shellZh = {
  menu: {
    title: '主菜单',
    work: '工作',
    supervise: '督查',
    reports: '报表',
    administration: '管理',
    narrow: '收起菜单',
    wide: '展开菜单',
  },
  practice: {
    title: '上手练习',
    explain: '演示数据都是虚构的，可以放心操作。一件事件的全程共六步，每步由不同职责的账号完成。',
    go: '去试试',
    steps: {
      source: '看一个信源，或添加一个',
      triage: '研判一件事件',
      assign: '把它交办给责任单位',
      sign: '在手机上签收',
      publish: '发布权威信息并提交证据',
      supervise: '看督查看板上的时限',
    },
    who: {
      source: '由管理员或研判员完成',
      triage: '由研判员完成',
      assign: '由研判员完成',
      sign: '由新闻发言人完成',
      publish: '由新闻发言人完成',
      supervise: '由督查人员完成',
    },
  },
} as const;
