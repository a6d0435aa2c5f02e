import { gzipSync } from 'node:zlib';
import { newId } from '#kernel/ids.js';
import { makeIncident, type TestApi } from './api.js';
import { insertRow } from './rows.js';
import type { TestDatabase } from './test-database.js';

/** One thing of every kind that a route can name, in one county, by the first part of the route's path. */
export type Things = Record<string, string>;

/** Plants a case of a county with everything that hangs on it. */
export async function plantThings(db: TestDatabase, api: TestApi, county: string): Promise<Things> {
  const body = `${county}-ENV`;
  const incident = await makeIncident(db, { jurisdiction: county, bodies: [body] });
  const ids = {
    items: newId(),
    open311: newId(),
    sources: newId(),
    statements: newId(),
    escalations: newId(),
    clocks: newId(),
    assignments: newId(),
    'press-conferences': newId(),
    'first-reports': newId(),
    evidence: newId(),
    imports: newId(),
    reports: newId(),
    'bulletin-objections': newId(),
    'known-events': newId(),
    entry: newId(),
    'hot-spots': newId(),
    watches: newId(),
    transfers: newId(),
    files: newId(),
    channels: newId(),
    // The channels of notices are the installation's: another name than theirs is no channel.
    'notification-channels': newId(),
  };
  const ofIncident = { incident_id: incident, body_id: body };
  await insertRow(db, 'sources', {
    id: ids.sources,
    jurisdiction: county,
    kind: 'feed',
    channel: 'media',
    url: `https://${county}.example/feed`,
    created_at: new Date(),
  });
  await insertRow(db, 'imports', { id: ids.imports, source_id: ids.sources, state: 'done' });
  await insertRow(db, 'items', { id: ids.items, jurisdiction: county, source_id: ids.sources, kind: 'article' });
  await insertRow(db, 'items', { id: ids.open311, jurisdiction: county, source_id: ids.sources, kind: 'message' });
  await insertRow(db, 'incident_items', { incident_id: incident, item_id: ids.items, relation: 'confirmed' });
  await insertRow(db, 'incident_items', { incident_id: incident, item_id: ids.open311, relation: 'confirmed' });
  await insertRow(db, 'statements', { id: ids.statements, ...ofIncident, kind: 'interpretation', state: 'draft' });
  await insertRow(db, 'assignments', { id: ids.assignments, ...ofIncident, role: 'lead', state: 'dispatched' });
  await insertRow(db, 'press_conferences', { id: ids['press-conferences'], ...ofIncident, state: 'planned' });
  await insertRow(db, 'reports_up', {
    id: ids['first-reports'],
    incident_id: incident,
    kind: 'firstReport',
    recipients: '[]',
  });
  await insertRow(db, 'evidence', { id: ids.evidence, ...ofIncident, kind: 'paper', state: 'pending' });
  // A page was captured, a hand-over made, the case archived and evaluated: every read has something to show.
  await db.asOwner(`UPDATE evidence SET snapshot = $2 WHERE id = $1`, [ids.evidence, gzipSync('页面')]);
  const manifest = JSON.stringify({ incident: {}, items: [], statements: [], evidence: [], timeline: [] });
  await insertRow(db, 'transfers', { id: ids.transfers, incident_id: incident, content: manifest });
  await insertRow(db, 'attachments', { id: ids.files, incident_id: incident });
  await insertRow(db, 'channels', { id: ids.channels, jurisdiction: county, kind: 'paper', official: false });
  await insertRow(db, 'close_outs', { incident_id: incident, archive: manifest, archive_sha256: 'planted' });
  const result = { score: 0, lines: [], statements: [], missingElements: [], proposedGrounds: [] };
  const counts = { peakPerHour: 0, lastDayPerHour: 0, secondWave: false };
  await insertRow(db, 'effect_evaluations', {
    incident_id: incident,
    result: JSON.stringify({ ...result, ...counts }),
    grounds: '[]',
  });
  const clock = {
    id: ids.clocks,
    ...ofIncident,
    act: 'release',
    force: 'limit',
    form: 'deadline',
    scope: 'public',
    state: 'armed',
  };
  await insertRow(db, 'response_clocks', clock);
  await insertRow(db, 'escalations', {
    id: ids.escalations,
    incident_id: incident,
    step: 'supervision',
    state: 'proposed',
    addressee_body_id: body,
  });
  await insertRow(db, 'report_snapshots', {
    id: ids.reports,
    jurisdiction: county,
    body_ids: [body],
    kind: 'bulletin',
    period: '2026Q3',
    membership: 'due',
    content: '{}',
  });
  await insertRow(db, 'bulletin_objections', {
    id: ids['bulletin-objections'],
    snapshot_id: ids.reports,
    jurisdiction: county,
    body_id: body,
    body_ids: [body],
    state: 'filed',
  });
  await insertRow(db, 'known_events', { id: ids['known-events'], jurisdiction: county });
  await insertRow(db, 'hot_spots', { id: ids['hot-spots'], incident_id: incident, why: 'volume' });
  await insertRow(db, 'watches', {
    id: ids.watches,
    jurisdiction: county,
    words: ['票价'],
    ends_at: new Date('2099-01-01T00:00:00Z'),
  });
  await insertRow(db, 'ledger_entries', {
    id: ids.entry,
    incident_id: incident,
    actor_kind: 'system',
    type: 'incident.planted',
  });
  const account = await api.account(`planted.${county}`, [{ duty: 'analyst', jurisdiction: county }]);
  const token = newId();
  await insertRow(db, 'tokens', {
    id: token,
    user_id: account,
    scopes: ['item.read'],
    expires_at: new Date('2099-01-01T00:00:00Z'),
  });
  const { entry: _entry, ...things } = ids;
  return { ...things, incidents: incident, accounts: account, tokens: token };
}

/** What the sampler can't guess: values that must name something that exists. */
export const given = (county: string): Record<string, unknown> => ({
  bodyId: `${county}-ENV`,
  competentBodyId: `${county}-ENV`,
  userId: newId(),
  jurisdiction: county,
  quarter: '2026Q3',
  addressees: [{ bodyId: `${county}-ENV`, role: 'lead' }],
});
