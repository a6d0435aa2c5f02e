/** Words of the channels of notices, and of what the installation is made of. */
export const noticesZh = {
  noticeChannels: {
    title: '通知渠道',
    hint: '系统的通知经这里的渠道送达。“发送测试”向您本人发一条通知，走的是每条通知的同一条路。',
    kinds: { inApp: '站内通知' },
    reaches: '送达对象',
    reach: { bodies: '回应主体', persons: '个人' },
    pending: '待送',
    oldest: '最早一条',
    day: '近 24 小时',
    delivered: '已送 {{count}}',
    failed: '失败 {{count}}',
    lastDelivered: '最近送达',
    lastError: '最近错误',
    noError: '没有错误',
    never: '尚未送达过',
    test: '发送测试',
    asked: '已交给投递进程，送达后在下面显示',
    tests: '我的测试',
    noTests: '还没有测试过。点“发送测试”，看一条通知多久送达。',
    askedAt: '发出',
    result: '结果',
    took: '{{at}} 送达，用时 {{span}}',
    waiting: '等待送达',
    waitingLong: '等待送达，第 {{count}} 次未成：{{error}}',
    gaveUp: '未送达：{{error}}',
  },
  installation: {
    parts: {
      api: '接口服务',
      ingest: '采集',
      triage: '研判',
      clocks: '计时',
      delivery: '投递',
      auditor: '审计',
    },
    checks: {
      clocksFiredInTime: '时限按时触发',
      overdueClocksHaveFirings: '超时的时限都有触发记录',
      firingsStandInLedger: '触发都已记入台账',
      nothingFiredEarly: '没有提前触发',
      ledgerIsSealed: '台账及时封存',
      sealsAreGapFree: '台账序号连续',
      consumersKeepUp: '各环节跟上台账',
      itemsAreTriaged: '信息及时研判',
    },
  },
} as const;

export const noticesProblemsZh = {
  NOTICE_CHANNEL_NOT_FOUND: '没有这个通知渠道',
  TOO_MANY_CHANNEL_TESTS: '十分钟内最多测试五次，请稍后再试',
} as const;

export const noticesEventsZh = { 'notice.testAsked': '测试通知渠道' } as const;
