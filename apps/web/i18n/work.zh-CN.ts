/** Words of the pages that people work on beside the lists: decisions, supervision, administration. */
export const workZh = {
  drillShort: '演练 · 时限按比例缩短',
  skip: '跳到正文',
  command: { done: '已完成', undoHint: '可在“{{state}}”中查看' },
  decide: {
    confirmAssign: '确认并按建议交办', proposedBody: '建议交办 {{body}}', waited: '已等 {{span}}', undone: '未能完成，已恢复到列表', keys: '快捷键', select: '选择', selectRow: '选择“{{title}}”',
    bar: '研判', correct: '更正后确认', category: '类别', grade: '等级', basis: '等级依据', reason: '理由', title: '标题', confirm: '确认', recategorise: '调整类别', regrade: '调整等级', merge: '并案', mergeInto: '并入哪一事件', mergeHint: '本事件的编号和记录保留，可随时取消并案。', unmerge: '取消并案',
    more: '更多操作', recategorised: '类别已调整', regraded: '等级已调整，时限按原起点重新计算', merged: '已并案', unmerged: '已取消并案', assigned: '已交办', searchIncident: '按标题或编号查找', assignAsProposed: '按建议交办', transfer: '转办', transferred: '已转办',
    regradeHint: '升级从原起点起算；降级不消除已发生的超时。', selected: '已选 {{count}} 条', clear: '取消选择', bulkReject: '批量不予处置', bulkSnooze: '批量暂缓', bulkDone: '完成 {{done}} 条，未完成 {{failed}} 条', waiting: '等待确认：{{title}}',
  },
  saved: { title: '常用筛选', save: '保存当前筛选', name: '筛选名称', remove: '删除', copy: '复制链接', copied: '链接已复制', overdue: '只看超时', sort: '排序', category: '全部类别', sorts: { deadline: '按时限', newest: '按时间', grade: '按等级', heat: '按热度' } },
  screen: { title: '回应态势', open: '大屏', rank: '超时单位', asOf: '数据更新于 {{time}}', stale: '数据已停止更新', total: '在办事件', reconnecting: '正在重新连接' },
  accounts: {
    title: '账号', add: '新建账号', username: '用户名', displayName: '姓名', duties: '职责', lastSignIn: '最近登录', sessions: '在线会话', state: '状态', enabled: '启用', disabled: '停用', enable: '启用', disable: '停用', endSessions: '结束会话', preset: '类型', body: '单位', password: '初始密码', jurisdiction: '属地', created: '账号已建立', never: '从未',
    presets: { analyst: '研判员', spokesperson: '新闻发言人', supervisor: '督查人员', administrator: '管理员', auditor: '审计员' }, disableReason: '停用的理由', generated: '新密码（只显示一次）',
  },
  duty: {
    analyst: '研判员', shift_leader: '值班长', spokesperson: '新闻发言人', liaison: '联络员', drafter: '拟稿', competent_reviewer: '主管审核', secrecy_reviewer: '保密审查', approver: '签批', body_head: '单位负责人', gov_office: '政府办', supervision: '督查', discipline: '纪检', hotline_operator: '热线坐席', statistician: '统计', auditor: '审计', administrator: '管理员',
  },
  addSource: { add: '添加信源', url: '订阅地址', kind: '类型', channel: '渠道', jurisdiction: '属地', region: '默认地区', rank: '级别', interval: '采集间隔（秒）', added: '信源已添加', urlHint: 'RSS 或 Atom 的地址', kinds: { feed: '订阅源', hotline: '热线', mailbox: '信箱', messageBoard: '留言板', weibo: '微博', wechat: '微信', disclosureApplication: '依申请公开', oneNetworkService: '一网通办', phoneIn: '来电', vendor: '供应商', manual: '人工录入', webhook: '推送接口' }, ranks: { individual: '个人', local: '县区', city: '市级', central: '中央', official: '官方' } },
  orderWords: { open: '待办', done: '已办', due: '时限', noLimits: '没有正在计时的时限', gateLeft: '还需：{{gate}}', waitingGate: '等待{{gate}}', waitingEvidence: '证据核验中，核验通过后时限停止', stepSign: '第一步：签收', acknowledged: '已签收', sent: '已提交', escalationOpen: '{{step}}待答复', answer: '答复', answerText: '落实情况', answered: '已答复', others: '还有谁知道', rejectReason: '退回修改的理由' },
  emptyHint: {
    none: '这里没有事件。', wall: '所有时限都在掌握中。', orders: '收到交办后会显示在这里，并提示签收时限。', filtered: '没有符合筛选条件的事件。', clear: '清除筛选' },
} as const;
