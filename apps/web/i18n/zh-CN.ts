/** Simplified Chinese, the source of all labels; `en.ts` has the same keys or does not compile. */
export const zhCN = {
  product: '回应',
  tagline: '政务舆情监测与回应',
  nav: { inbox: '研判收件箱', incidents: '事件', orders: '我的交办', wall: '督查看板', ledger: '台账', sources: '信源', signOut: '退出登录', language: 'English', menu: '菜单', appearance: '浅色 / 深色', largeText: '大字' },
  signIn: {
    title: '登录', username: '用户名', password: '密码', submit: '登录', failed: '用户名或密码不正确', throttled: '尝试次数过多，请稍后再试', demo: '演示账号保存在数据目录的 demo-accounts.json 中',
    expired: '登录已失效，请重新登录',
  },
  drillBanner: '演练：本页包含演练事件，时限按比例缩短，不计入任何统计',
  offline: '与服务器的连接已断开，倒计时已停止；恢复后自动更新',
  unwatched: '计时异常：审计进程的心跳已超过两分钟没有更新',
  broken: '计时异常：审计发现不变量不成立',
  dataAsOf: '数据更新于 {{time}}',
  retry: '重试',
  cancel: '取消',
  save: '保存',
  close: '关闭',
  more: '更多',
  loadMore: '加载更多',
  required: '必填',
  reason: '理由',
  error: { title: '操作未完成', code: '代码 {{code}}', network: '无法连接服务器', conflict: '内容已被他人更改，页面已更新，请核对后重试' },
  category: {
    C1: 'C1 决策部署', C2: 'C2 两会·经济·改革·政务活动', C3: 'C3 切身利益', C4: 'C4 形象公信力', C5: 'C5 突发事件', C6: 'C6 道德底线', C7: 'C7 不实信息', 'C7-suspected': 'C7 疑似不实', SR: '服务诉求', NONE: '无类别',
  },
  grade: { I: 'I 特别重大', II: 'II 重大', III: 'III 较大', IV: 'IV 一般', none: '不定级', unknown: '未定级' },
  gradeBasis: { confirmed: '确认', potential: '潜在', declared: '公布' },
  heat: { I: '热度红', II: '热度橙', III: '热度黄', IV: '热度蓝' },
  incidentState: {
    proposed: '待研判', confirmed: '已确认', assigned: '已交办', responded: '已回应', rectified: '已整改', accepted: '已验收', struckOff: '已销号', rejected: '不予处置', merged: '已并案', outOfArea: '异地',
  },
  clockState: {
    armed: '计时中', dueSoon: '临期', paused: '已暂停', met: '按时', metLate: '逾期完成', overdue: '已超时', superseded: '已被取代', cancelled: '已取消', overdueAtUpgrade: '升级时已超时', notApplicable: '不适用',
  },
  act: {
    firstRelease: '发布权威信息', pressConference: '举行新闻发布会', publicResponse: '公开回应', firstReport: '第一时间报告', signFor: '签收', verificationFeedback: '核实反馈', handlingFeedback: '处置反馈',
    continuingRelease: '持续发布', makeupRelease: '补发权威信息', instruction: '批示件', other: '其他时限',
  },
  force: { target: '力争', limit: '最迟' },
  ring: { public: '对外', inner: '内部', duty: '职责' },
  assignmentState: { dispatched: '待签收', acknowledged: '已签收', returnRequested: '申请退回', returned: '已退回', verified: '已核实', reported: '已反馈', completed: '已办结', withdrawn: '已撤回' },
  role: { lead: '牵头', co: '协办', copy: '抄送' },
  statementState: { draft: '草稿', submitted: '待审', reviewed: '审核中', approved: '已批准', rejected: '退回修改', published: '已发布', corrected: '已更正', withdrawn: '已撤回' },
  gate: { competentBody: '主管审核', secrecy: '保密与隐私审查', approver: '签批' },
  evidenceState: { pending: '核验中', proven: '已核验', refused: '未采纳', gone: '原文已删除', altered: '原文已更改' },
  step: { notice: '提醒', reminder: '催办', supervision: '督办', accountabilityReferral: '问责移送' },
  escalationState: { proposed: '建议', issued: '已发出', met: '已落实', unmet: '未落实', withdrawn: '已撤回', dismissed: '未采纳' },
  countdown: { left: '剩 {{span}}', over: '超 {{span}}', day: '天', hour: '时', minute: '分', second: '秒', stopped: '已停止' },
  inbox: {
    title: '研判收件箱', empty: '收件箱已清空', emptyNext: '没有待研判的事件。新事件出现时会自动显示在这里。', newItems: '有 {{count}} 条新事件，点击载入', search: '搜索标题、编号', items: '{{count}} 条信息', firstSeen: '首见', lastSeen: '最近',
    columns: { incident: '事件', category: '类别', grade: '等级', heat: '热度', place: '属地', body: '主体', due: '时限', state: '状态', items: '信息' },
    confirm: '确认', reject: '不予处置', outOfArea: '异地', snooze: '暂缓', merge: '并案', open: '打开', undo: '撤销', confirmed: '已确认', rejected: '已标为不予处置', snoozed: '已暂缓',
    snoozeOneHour: '1 小时后或升温时', rejectReason: '不予处置的理由', all: '全部', help: '快捷键', shortcuts: { next: '下一条', previous: '上一条', open: '打开', confirm: '确认', reject: '不予处置', snooze: '暂缓', search: '搜索', help: '本表', back: '返回' },
  },
  incident: {
    overview: '概况', proposal: '建议', why: '判断理由', items: '相关信息', clocks: '时限', ladder: '催办督办', timeline: '全程记录', assignments: '交办', statements: '权威信息', evidence: '发布证据', figures: '数字',
    occurredAt: '事发', firstPublicAt: '首发', detectedAt: '发现', dispatchedAt: '交办', confirmWith: '确认为', assignTo: '交办给', assign: '交办', transfer: '转办', lead: '牵头', co: '协办', rule: '规则 {{rule}}', noProposal: '没有匹配到回应主体，请选择',
    computation: '计算单', next: '下一步', planned: '预定', noLadder: '没有待发生的步骤', regrade: '调整等级', recategorise: '调整类别', provisional: '暂定', noClocks: '确认后开始计时', noStatements: '尚未起草', by: '{{name}}', rejected: '落选', reopened: '已恢复',
    hold: '经办时长', sourceOf: '依据 {{source}}', none: '无',
  },
  orders: {
    title: '我的交办', empty: '没有交办事项', emptyHint: '收到交办后会显示在这里，并提示签收时限。', acknowledge: '签收（知悉并开始处置）', verify: '核实反馈', report: '处置反馈', draft: '起草权威信息', return: '申请退回', facts: '核实的事实', factSource: '事实来源', measures: '处置措施', result: '处置结果',
    statementTitle: '标题', statementBody: '正文', cause: '成因', solution: '解决方案', constraints: '制约因素', submit: '提交审核', pass: '通过：{{gate}}', sendBack: '退回修改', url: '发布网址', publish: '提交发布证据', publishHint: '填写官方渠道上的网址；系统抓取并核对后时限停止。', others: '知悉单位', task: '任务', timeLeft: '剩余时间', speaker: '发布人',
  },
  wall: {
    title: '督查看板', overdue: '已超时', dueSoon: '一小时内到期', open: '在办', list: '超时清单', next: '未来 60 分钟', nothingOverdue: '没有超时', nothingNext: '一小时内没有到期的时限', proposals: '待决定的督办', issue: '发出督办', withdraw: '不采纳', punctuality: '计时准确度', fired: '触发', p50: '中位', p99: 'P99', max: '最大', path: '途径', paths: { timer: '定时器', sweep: '巡检', recompute: '重算' }, heartbeat: '审计心跳', ok: '正常', none: '暂无',
  },
  ledgerPage: { title: '台账', verify: '核验链条', holds: '链条完整：已核验 {{checked}} 条', broken: '链条在第 {{seq}} 条断裂', at: '时间', who: '人员', what: '事项', why: '理由', seq: '序号' },
  sourcesPage: { title: '信源', name: '名称', kind: '类型', state: '状态', lastOk: '最近成功', lastItem: '最近信息', items: '24 小时信息', rejected: '24 小时拒收', pause: '停用', resume: '启用', poll: '立即采集', mode: { routine: '日常', emergency: '应急' }, states: { active: '正常', paused: '停用', gone: '已失效' }, failing: '连续失败 {{count}} 次', never: '从未' },
  event: {
    'incident.proposed': '系统提出事件', 'incident.itemsLinked': '并入新信息', 'incident.confirmed': '确认事件', 'incident.rejected': '不予处置', 'incident.snoozed': '暂缓', 'incident.woken': '恢复待研判', 'incident.recategorised': '调整类别', 'incident.regraded': '调整等级',
    'incident.stampCorrected': '更正时间', 'incident.merged': '并案', 'incident.unmerged': '取消并案', 'incident.reopened': '重新启动', 'incident.heatChanged': '热度变化', 'assignment.proposed': '建议回应主体', 'assignment.dispatched': '交办', 'assignment.acknowledged': '签收',
    'assignment.verified': '核实反馈', 'assignment.reported': '处置反馈', 'assignment.returnRequested': '申请退回', 'assignment.returnAccepted': '同意退回', 'assignment.returnRefused': '不同意退回', 'assignment.withdrawn': '撤回交办', 'clock.started': '开始计时', 'clock.dueSoon': '临期提醒', 'clock.overdue': '超时',
    'clock.met': '按时完成', 'clock.metLate': '逾期完成', 'clock.superseded': '时限被取代', 'clock.cancelled': '时限取消', 'clock.overdueAtUpgrade': '升级时已超时', 'clock.dueMoved': '到期时间变更', 'escalation.proposed': '建议督办', 'escalation.issued': '发出', 'escalation.met': '已落实', 'escalation.unmet': '未落实',
    'escalation.withdrawn': '撤回', 'escalation.dismissed': '未采纳', 'escalation.answered': '答复', 'statement.drafted': '起草权威信息', 'statement.edited': '修改稿件', 'statement.submitted': '提交审核', 'statement.reviewed': '通过审核', 'statement.approved': '签批', 'statement.rejected': '退回修改', 'statement.published': '发布',
    'evidence.filed': '提交发布证据', 'evidence.proven': '证据核验通过', 'evidence.refused': '证据未采纳', 'closeOut.struckOff': '销号',
  },
} as const;

/** The same tree with any texts. */
type Texts<T> = { [Key in keyof T]: T[Key] extends string ? string : Texts<T[Key]> };
export type Labels = Texts<typeof zhCN>;
