/** Why the system proposes what it proposes: rules, figures, cues and the arithmetic of a due time, as sentences. */
export const whyZh = {
  figure: {
    deaths: '死亡', injured: '受伤', seriousInjured: '重伤', missing: '失联', trapped: '被困', evacuated: '转移安置', ill: '患病', crowd: '聚集', households: '受影响户数', directLossWan: '直接经济损失', casualties: '伤亡合计',
    illOrSerious: '中毒或重伤', deathsAndMissing: '死亡与失联', inDanger: '受威胁', lossWan: '直接经济损失', hours: '持续时间', blockedHours: '中断时间', waterSourceLevel: '水源地级别', provincesHit: '涉及省份',
  },
  figureUnit: { persons: '人', households: '户', hours: '小时', wanYuan: '万元', level: '级', provinces: '省' },
  cue: {
    event: '突发事件用语', consequence: '后果用语', casualtyFigure: '伤亡数字', officialNotice: '官方通报用语', drill: '演练', fiction: '影视小说游戏', metaphor: '比喻用法', anniversary: '周年回顾', advertisement: '商业推广', entertainmentSport: '娱乐体育', foreign: '境外',
    ownLeaders: '外事活动', economy: '经济运行与政务活动', decision: '决策部署', accusation: '履职争议', accusedBody: '公共机构与不当行为并提', newsReport: '新闻报道体例', publicActor: '公共机构', moral: '道德底线', alarm: '呼吁扩散', hearsay: '无来源传言', dangerousClaim: '引发恐慌的说法',
    refutation: '辟谣与查处', letter: '群众来信', many: '涉及多人', interest: '切身利益', single: '个人诉求', medium: '媒体报道', praise: '表扬感谢', rhetoric: '感慨玩笑', privateDispute: '私人纠纷',
  },
  eventRole: { event: '事件', consequence: '后果', notice: '通报', current: '正在发生', hearsay: '传言', nearMiss: '非真实事件的迹象' },
  eventType: {
    production: '生产安全', fire: '火灾', traffic_road: '道路交通', rail: '铁路', water_traffic: '水上交通', air: '航空', special_equipment: '特种设备', environment: '环境', gas_water_power: '供气供水供电', weather: '气象灾害', flood: '洪涝', earthquake: '地震', geology: '地质灾害', forest_fire: '森林火灾',
    infectious: '传染病', food_poisoning: '食物中毒', occupational_poisoning: '职业中毒', drug_vaccine: '药品疫苗', mass_incident: '群体性事件', armed_fight: '械斗', criminal: '刑事案件', financial: '金融', other: '其他',
  },
  ground: { model: '历史样本的学习结果', history: '已按本单位改正的样本调整', place: '地点', placeElsewhere: '地点不在本地：{{cue}}', rule: '规则 {{rule}}', figure: '数字：{{name}}', event: '事件线索：{{role}}' },
  why: {
    title: '判断理由', category: '类别', secondary: '次要类别', grade: '等级', routing: '回应主体', words: '依据的词语', figures: '文中数字', eventTypes: '事件类型', scores: '各类别得分', abstained: '系统没有把握，请人工判断类别', noReasons: '没有可显示的依据', place: '属地',
    gradeNone: '只有突发事件定级；其他类别按普通时限', gradeNoFigures: '文中没有可用于定级的数字，等级待人工判断', gradeNoRow: '没有适用的分级条款，等级待人工判断',
    row: '{{figure}} {{value}}{{unit}}，达到{{grade}}', rowPotential: '按潜在人数计：{{figure}} {{value}}{{unit}}，达到{{grade}}', source: '依据 {{document}} {{article}}',
    standing: { N: '', M: '（条文未核实）', L: '（外地做法）', J: '（内部判断）' },
    provisional: '暂定：潜在人数使快速时限先行启动，待确认', contradiction: '官方公布的等级与数字不一致', review: '需要人工复核', needsPerson: '数字表述含混，请人工核对',
    rejected: '未选的候选单位', score: '得分 {{score}}', lead: '建议牵头', co: '协办', copies: '抄送', disputed: '归属有争议，需由 {{body}} 裁定牵头单位', advisory: '外地做法，仅供参考', none: '尚未给出建议', more: '还有 {{count}} 个词语', rules: '另有 {{count}} 条规则起作用',
  },
  sentence: {
    comma: '，', evidence: '没有找到{{category}}所需的依据（{{what}}），{{category}}得分降低', model: '历史样本的学习结果：{{cue}}',
    rule: {
      'text.empty': '没有文字，无法判断', 'event.drill': '属于演练，不作突发事件', 'c5.consequence': '只有事件用语而没有后果，突发事件得分降低', 'c7.hearsayAlone': '只有传言语气，不足以认定不实', 'c7.finding': '已有核查结论', 'c7.officialRefutation': '官方辟谣本身是回应，不再作为事件',
      'c3.cluster': '多人反映同一事项，由诉求升为切身利益事件', 'c3.singleRequest': '单个来电诉求，按服务诉求办理', history: '已按本单位改正的样本调整权重',
    },
  },
  stampSource: { delivery: '送达记录', item: '信息记录', user: '人工填写', official: '官方通报', manual: '人工填写', '': '' },
  unit: { millisecond: '毫秒', minute: '分钟', hour: '小时', day: '日', workday: '个工作日', workminute: '工作分钟', month: '个月', quarter: '季度', year: '年' },
  stamp: { eventOccurredAt: '事发时间', occurredAt: '事发时间', firstPublicAt: '首次公开时间', detectedAt: '发现时间', dispatchedAt: '交办时间', gradedAt: '定级时间', startedAt: '开始时间' },
  standing: { S: '条文已核对', N: '国家或省级文件', L: '外地做法', M: '条文未核实', J: '内部判断' },
  computation: {
    title: '时限计算单', start: '从{{stamp}}起算：{{at}}（{{source}}）', startBare: '从{{stamp}}起算：{{at}}', notBeforeGrade: '按定级时间起算，不早于 {{at}}', rule: '适用“{{label}}”：{{amount}}{{unit}}', ruleBare: '适用“{{label}}”', basis: '依据 {{document}} {{article}}（{{standing}}，规则 {{ruleId}}）',
    counted: '计 {{amount}}{{unit}}：{{from}} 至 {{to}}', rolled: '末日 {{from}} 为休息日，顺延至 {{to}}', instructed: '按批示定为 {{at}}', extended: '经 {{approvedBy}} 批准延长 {{amount}}{{unit}}，至 {{at}}；理由：{{ground}}', paused: '{{from}} 至 {{to}} 暂停，顺延 {{span}}',
    corrected: '{{at}} 更正{{stamp}}（{{source}}），重新计算', breachStands: '{{at}} 更正后应为 {{dueWouldBe}} 到期；已发生的超时不变', due: '到期时间：{{at}}', print: '打印', pack: '时限规则 {{pack}}，版本 {{version}}', drillScale: '演练：小时按比例缩短',
  },
} as const;
