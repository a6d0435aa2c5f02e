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
} as const;
