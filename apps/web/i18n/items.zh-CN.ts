/** What came in and is no incident. */
export const itemsZh = {
  items: {
    nav: '信息研判',
    title: '信息研判',
    lane: { unsure: '待判', aside: '未立案', judged: '已人工判断', all: '全部' },
    explain: {
      unsure: '系统拿不准、又可能属于本地的信息。一次点击即为判断：立案、转服务诉求，或无需回应。',
      aside: '系统判为与本地无关、不属七类、服务诉求或官方发布的信息。漏判的可在此立案，系统会据此学习。',
      judged: '有人作过判断的信息，最近的判断有效。',
      all: '全部接收的信息，按接收时间排列。',
    },
    none: {
      unsure: '没有待判的信息。系统拿不准时会放在这里。',
      aside: '没有未立案的信息',
      judged: '还没有人工判断',
      all: '还没有收到信息。请先在“信源”中添加信源。',
      found: '没有符合的信息，请换一个词',
    },
    search: '搜索标题和正文',
    waiting: '{{number}} 条待判',
    keys: {
      next: '下一条',
      previous: '上一条',
      open: '展开或收起依据',
      takeUp: '立案，再选类别（↑ ↓ Enter）',
      request: '服务诉求',
      nothing: '无需回应',
      search: '搜索',
      help: '本表',
    },
    more: '更多',
    why: '依据',
    less: '收起',
    scores: '最接近的类别',
    waits: '等待系统研判',
    toIncident: '查看所属事件',
    judgedAs: '人工判断',
    takeUp: '立案为…',
    asRequest: '服务诉求',
    nothing: '无需回应',
    kept: '已记录判断，将用于下次训练',
    enter: '手工录入',
    entered: '已录入，等待系统研判',
    save: '录入',
    heading: '标题',
    text: '内容',
    url: '网址',
    badUrl: '请填写完整的网址，如 https://example.com/a',
    region: '地区',
  },
};

export const itemsProblemsZh = {
  ITEM_NOT_TRIAGED: '该信息还在等待系统研判，请稍候再判断',
  ITEM_IN_INCIDENT: '该信息已属于一个事件，请在事件中更正',
};

export const itemsEventsZh = { 'item.judged': '人工判断信息' };
