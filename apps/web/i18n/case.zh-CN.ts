/** What the page of an incident says of its items and its record, and what an administrator does with an account. */
export const caseZh = {
  account: {
    grant: '授予职责',
    where: '职责落在单位或属地，二者选一',
    end: '终止',
    endAsk: '现在终止这项职责？记录仍然保留',
    reset: '重置密码',
    password: '新密码',
    resetHint: '该账号的所有会话随即结束',
  },
  case: {
    originalGone: '原文已删除',
    goneSince: '发现于',
    compare: '并排比对',
    compareNone: '单独查看',
    compareWith: '与另一条比对',
    shared: '底纹为两条信息相同的文字：{{percent}}%',
    record: {
      filter: '只看',
      all: '全部',
      handling: '研判与处置',
      orders: '交办与签收',
      clocks: '时限与督办',
      publication: '回应与发布',
      items: '信息与原文',
      other: '其他',
      none: '此类没有记录',
    },
  },
};
