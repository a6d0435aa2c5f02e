import type { Texts } from './texts';
import type { workZh } from './work.zh-CN';

export const workEn: Texts<typeof workZh> = {
  drillShort: 'DRILL · limits on a shorter scale',
  skip: 'Skip to the content',
  command: { done: 'Done', undoHint: 'See it under “{{state}}”' },
  decide: {
    confirmAssign: 'Confirm and assign as proposed', proposedBody: 'Proposed: {{body}}', waited: 'waiting {{span}}', undone: 'Not done; it is back in the list', keys: 'Keys', select: 'Select', selectRow: 'Select “{{title}}”',
    bar: 'Decision', correct: 'Correct and confirm', category: 'Category', grade: 'Grade', basis: 'Basis of the grade', reason: 'Reason', title: 'Title', confirm: 'Confirm', recategorise: 'Change category', regrade: 'Change grade', merge: 'Merge', mergeInto: 'Merge into', mergeHint: 'Number and history of this incident stay; it can be taken out again.', unmerge: 'Take out of the merge',
    more: 'More actions', recategorised: 'Category changed', regraded: 'Grade changed; limits are computed again from their original starts', merged: 'Merged', unmerged: 'Taken out', assigned: 'Assigned', searchIncident: 'Find by title or number', assignAsProposed: 'Assign as proposed', transfer: 'Transfer', transferred: 'Transferred',
    regradeHint: 'An upgrade counts from the original start; a downgrade leaves past breaches standing.', selected: '{{count}} selected', clear: 'Clear', bulkReject: 'Reject all', bulkSnooze: 'Snooze all', bulkDone: '{{done}} done, {{failed}} not done', waiting: 'Confirming: {{title}}',
  },
  saved: { title: 'Saved filters', save: 'Save this filter', name: 'Name of the filter', remove: 'Remove', copy: 'Copy link', copied: 'Link copied', overdue: 'Overdue only', sort: 'Sort', category: 'All categories', sorts: { deadline: 'By deadline', newest: 'Newest', grade: 'By grade', heat: 'By heat' } },
  screen: { title: 'Response situation', open: 'Big screen', rank: 'Overdue by body', asOf: 'Data as of {{time}}', stale: 'The data have stopped', total: 'Open incidents', reconnecting: 'Reconnecting' },
  accounts: {
    title: 'Accounts', add: 'New account', username: 'User name', displayName: 'Name', duties: 'Duties', lastSignIn: 'Last sign-in', sessions: 'Sessions', state: 'State', enabled: 'Enabled', disabled: 'Disabled', enable: 'Enable', disable: 'Disable', endSessions: 'End sessions', preset: 'Kind', body: 'Body', password: 'First password', jurisdiction: 'Place', created: 'Account made', never: 'never',
    presets: { analyst: 'Analyst', spokesperson: 'Spokesperson', supervisor: 'Supervisor', administrator: 'Administrator', auditor: 'Auditor' }, disableReason: 'Reason for disabling', generated: 'New password (shown once)',
  },
  duty: {
    analyst: 'Analyst', shift_leader: 'Shift leader', spokesperson: 'Spokesperson', liaison: 'Liaison', drafter: 'Drafter', competent_reviewer: 'Competent reviewer', secrecy_reviewer: 'Secrecy reviewer', approver: 'Approver', body_head: 'Head of the body', gov_office: 'Government office', supervision: 'Supervision', discipline: 'Discipline', hotline_operator: 'Hotline', statistician: 'Statistics', auditor: 'Auditor', administrator: 'Administrator',
  },
  addSource: { add: 'Add a source', url: 'Address of the feed', kind: 'Kind', channel: 'Channel', jurisdiction: 'Place', region: 'Default region', rank: 'Rank', interval: 'Interval (seconds)', added: 'Source added', urlHint: 'The address of an RSS or Atom feed', kinds: { feed: 'Feed', hotline: 'Hotline', mailbox: 'Mailbox', messageBoard: 'Message board', weibo: 'Weibo', wechat: 'WeChat', disclosureApplication: 'Disclosure application', oneNetworkService: 'One-network service', phoneIn: 'Phone-in', vendor: 'Vendor', manual: 'Entered by hand', webhook: 'Webhook' }, ranks: { individual: 'individual', local: 'county', city: 'city', central: 'central', official: 'official' } },
  orderWords: { open: 'To do', done: 'Done', due: 'Limits', noLimits: 'No limit is running', gateLeft: 'Still needed: {{gate}}', waitingGate: 'Waits for {{gate}}', waitingEvidence: 'The evidence is being checked; the clock stops when it is proven', stepSign: 'First: sign for it', acknowledged: 'Signed for', sent: 'Sent', escalationOpen: '{{step}} to be answered', answer: 'Answer', answerText: 'What was done', answered: 'Answered', others: 'Who else knows', rejectReason: 'Reason for sending it back' },
  emptyHint: {
    none: 'No incidents here.', wall: 'All limits are being kept.', orders: 'Assignments appear here with their sign-for limit.', filtered: 'No incident fits the filter.', clear: 'Clear the filter' },
};
