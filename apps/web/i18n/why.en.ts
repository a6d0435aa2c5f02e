import type { Texts } from './texts';
import type { whyZh } from './why.zh-CN';

export const whyEn: Texts<typeof whyZh> = {
  figure: {
    deaths: 'dead', injured: 'injured', seriousInjured: 'seriously injured', missing: 'missing', trapped: 'trapped', evacuated: 'evacuated', ill: 'ill', crowd: 'crowd', households: 'households', directLossWan: 'direct loss', casualties: 'dead and injured',
    illOrSerious: 'poisoned or seriously injured', deathsAndMissing: 'dead and missing', inDanger: 'in danger', lossWan: 'direct loss', hours: 'duration', blockedHours: 'interruption', waterSourceLevel: 'level of the water source', provincesHit: 'provinces concerned',
  },
  figureUnit: { persons: '', households: '', hours: ' h', wanYuan: '0,000 yuan', level: '', provinces: '' },
  cue: {
    event: 'words of a sudden event', consequence: 'words of consequence', casualtyFigure: 'a counted casualty', officialNotice: 'words of an official notice', drill: 'a drill', fiction: 'fiction or games', metaphor: 'a figure of speech', anniversary: 'an anniversary', advertisement: 'advertising', entertainmentSport: 'entertainment or sport', foreign: 'another country',
    ownLeaders: 'diplomacy', economy: 'economy and official activities', decision: 'decisions and deployments', accusation: 'conduct in office', accusedBody: 'a public body beside a misdeed', newsReport: 'manner of a press report', publicActor: 'a public body', moral: 'moral bottom line', alarm: 'a call to spread', hearsay: 'a claim without source', dangerousClaim: 'a claim that frightens',
    refutation: 'a denial or finding', letter: 'a letter of a citizen', many: 'many are concerned', interest: 'vital interests', single: 'one person’s request', medium: 'a medium reports', praise: 'thanks', rhetoric: 'feelings or jokes', privateDispute: 'a private dispute',
  },
  eventRole: { event: 'event', consequence: 'consequence', notice: 'notice', current: 'happening now', hearsay: 'hearsay', nearMiss: 'sign that it is no real event' },
  eventType: {
    production: 'work safety', fire: 'fire', traffic_road: 'road traffic', rail: 'railway', water_traffic: 'water traffic', air: 'aviation', special_equipment: 'special equipment', environment: 'environment', gas_water_power: 'gas, water, power', weather: 'weather', flood: 'flood', earthquake: 'earthquake', geology: 'geology', forest_fire: 'forest fire',
    infectious: 'infectious disease', food_poisoning: 'food poisoning', occupational_poisoning: 'occupational poisoning', drug_vaccine: 'drugs and vaccines', mass_incident: 'mass incident', armed_fight: 'armed fight', criminal: 'crime', financial: 'finance', other: 'other',
  },
  ground: { model: 'learned from past samples', history: 'adjusted by this office’s corrections', place: 'place', placeElsewhere: 'another place: {{cue}}', rule: 'rule {{rule}}', figure: 'figure: {{name}}', event: 'event cue: {{role}}' },
  why: {
    title: 'Why', category: 'Category', secondary: 'Also', grade: 'Grade', routing: 'Responding body', words: 'Words that counted', figures: 'Figures in the text', eventTypes: 'Event type', scores: 'Scores', abstained: 'The system is not sure: decide the category yourself', noReasons: 'No grounds to show', place: 'Place',
    gradeNone: 'Only emergencies are graded; everything else runs on the ordinary limit', gradeNoFigures: 'The texts name no figure to grade by: decide yourself', gradeNoRow: 'No row of the standards applies: decide yourself',
    row: '{{figure}} {{value}}{{unit}} reaches {{grade}}', rowPotential: 'By potential figures: {{figure}} {{value}}{{unit}} reaches {{grade}}', source: 'by {{document}} {{article}}',
    standing: { N: '', M: ' (not verified)', L: ' (practice elsewhere)', J: ' (judgement)' },
    provisional: 'Provisional: potential figures start the fast limits until they are confirmed', contradiction: 'The declared grade and the figures differ', review: 'A person has to look at this', needsPerson: 'The wording of a figure is unclear: check it',
    rejected: 'Candidates not chosen', score: 'score {{score}}', lead: 'Proposed lead', co: 'Co-responders', copies: 'Copies', disputed: 'Disputed: {{body}} must name the lead', advisory: 'practice elsewhere, for information', none: 'No proposal yet', more: '{{count}} more words', rules: '{{count}} more rules had a say',
  },
  sentence: {
    comma: ', ', evidence: 'No evidence for {{category}} ({{what}}): its score is lowered', model: 'Learned from past samples: {{cue}}',
    rule: {
      'text.empty': 'No words to judge', 'event.drill': 'A drill is no emergency', 'c5.consequence': 'Words of an event without a consequence: the emergency score is lowered', 'c7.hearsayAlone': 'Hearsay alone does not make it false', 'c7.finding': 'There is a finding', 'c7.officialRefutation': 'An official denial is itself a response',
      'c3.cluster': 'Several people report the same matter: a vital interest', 'c3.singleRequest': 'One caller’s request stays a service request', history: 'Weights adjusted by this office’s corrections',
    },
  },
  stampSource: { delivery: 'record of delivery', item: 'record of the item', user: 'entered by hand', official: 'official notice', manual: 'entered by hand', '': '' },
  unit: { millisecond: ' ms', minute: ' min', hour: ' h', day: ' days', workday: ' working days', workminute: ' working minutes', month: ' months', quarter: ' quarters', year: ' years' },
  stamp: { eventOccurredAt: 'the event', occurredAt: 'the event', firstPublicAt: 'the first public item', detectedAt: 'detection', dispatchedAt: 'dispatch', gradedAt: 'grading', startedAt: 'start' },
  standing: { S: 'checked in the document', N: 'national or provincial document', L: 'practice elsewhere', M: 'not verified', J: 'judgement' },
  computation: {
    title: 'Computation of the due time', start: 'Counts from {{stamp}}: {{at}} ({{source}})', startBare: 'Counts from {{stamp}}: {{at}}', notBeforeGrade: 'Counts from the grading, not before {{at}}', rule: '“{{label}}” applies: {{amount}}{{unit}}', ruleBare: '“{{label}}” applies', basis: 'by {{document}} {{article}} ({{standing}}, rule {{ruleId}})',
    counted: '{{amount}}{{unit}}: {{from}} to {{to}}', rolled: 'The last day {{from}} is a day of rest, so the limit ends on {{to}}', instructed: 'Set to {{at}} by instruction', extended: 'Extended by {{amount}}{{unit}} to {{at}}, approved by {{approvedBy}}; ground: {{ground}}', paused: 'Paused from {{from}} to {{to}}, moved by {{span}}',
    corrected: '{{at}}: {{stamp}} corrected ({{source}}) and computed again', breachStands: '{{at}}: would now be due {{dueWouldBe}}; the recorded breach stands', due: 'Due: {{at}}', print: 'Print', pack: 'Policy {{pack}}, version {{version}}', drillScale: 'Drill: hours run on a shorter scale',
  },
};
