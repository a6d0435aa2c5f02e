/** Fills a database with a quarter of incidents, their orders, items, clocks, acts of the ladder and evidence: set-based, as the owner. */

const CATEGORIES = `(ARRAY['C1','C2','C3','C3','C3','C4','C4','C5','C6','C7','C7-suspected'])[1 + (n % 11)]`;
const COUNTIES = `(ARRAY['990121','990122','990123','990124','990181'])[1 + (n % 5)]`;
const KINDS = `(ARRAY['ENV','EDU','HEA','TRA','PSB','URB'])[1 + (n % 6)]`;

/** `count` incidents over `days` days up to `now`; a fortieth are drills. Every one is fast, graded or plain by its number. */
export async function plantQuarter(owner, { now, days, count, offset = 0 }) {
  const run = (sql, values = []) => owner.query(sql, values);
  await run(`SELECT set_config('work_mem', '128MB', false), set_config('jit', 'off', false)`);
  await run(
    `CREATE TEMP TABLE plan AS
    SELECT n, gen_random_uuid() AS id, gen_random_uuid() AS order_id, gen_random_uuid() AS item_id, ${COUNTIES} AS county, ${COUNTIES} || '-' || ${KINDS} AS body, ${CATEGORIES} AS category,
           n % 20 = 0 AS fast, n % 40 = 39 AS drill,
           date_trunc('milliseconds', $1::timestamptz - ((n - $4::int)::float8 / $2) * $3 * interval '1 day' - (n % 997) * interval '1.003 seconds') AS at
      FROM generate_series($4::int + 1, $4::int + $2::int) n`,
    [now, count, days, offset],
  );
  await run(
    `INSERT INTO sources (id, kind, name, jurisdiction, channel, created_at)
    SELECT md5('bench source ' || c)::uuid, 'feed', '信源 ' || c, '990100', c, $1 FROM unnest(ARRAY['media','weibo','wechat','12345','mailbox']) c ON CONFLICT DO NOTHING`,
    [now],
  );
  await run(`INSERT INTO bodies (id, code, jurisdiction, name, short_name, kind, level)
    SELECT DISTINCT body, right(body, 3), county, body, body, 'department', 'county' FROM plan ON CONFLICT DO NOTHING`);
  await run(`INSERT INTO items (id, source_id, identity_key, kind, title, body, normalised, content_sha256, fetched_at, received_at, published_at, occurred_at, jurisdiction, source_name, channel, state, work_order_number, request_type, drill, raw)
    SELECT item_id, md5('bench source ' || c)::uuid, 'bench ' || n, CASE WHEN c = '12345' THEN 'call' ELSE 'article' END, '小区停水无人答复 ' || n, '居民反映停水两天无人答复', '居民反映停水两天无人答复', md5(n::text), at, at, at, at, county,
           '信源 ' || c, c, 'triaged', CASE WHEN c = '12345' THEN 'W' || n END, CASE WHEN c = '12345' THEN (ARRAY['求助','投诉','咨询'])[1 + n % 3] END, drill,
           CASE WHEN c = '12345' THEN jsonb_build_object('satisfaction', (ARRAY['满意','不满意','未表态'])[1 + n % 3], 'solved', '已解决', 'closedAt', to_char(at + interval '1 day', 'YYYY-MM-DD HH24:MI'), 'dueAt', to_char(at + interval '2 days', 'YYYY-MM-DD HH24:MI')) ELSE '{}' END
      FROM plan, LATERAL (SELECT (ARRAY['media','weibo','wechat','12345','mailbox'])[1 + n % 5] AS c) s`);
  await run(
    `INSERT INTO incidents (id, number, title, state, category, grade, heat_level, jurisdiction, body_ids, lead_body_id, policy_pack, occurred_at, first_public_at, detected_at, dispatched_at, closed_at, item_count, representative_item_id, drill)
    SELECT id, '评舆〔2026〕' || n || '号', '小区停水无人答复 ' || n, CASE WHEN n % 3 = 0 THEN 'struckOff' WHEN n % 50 = 49 THEN 'rejected' ELSE 'responded' END, category, CASE WHEN fast THEN 'II' ELSE 'none' END,
           (ARRAY['I','II','III','IV','IV'])[1 + n % 5], county, ARRAY[body], body, 'yunjiang', at - interval '2 hours', at - interval '1 hour', at, at + interval '10 minutes', CASE WHEN n % 3 = 0 THEN least(at + interval '6 days', $1) END, 1, item_id, drill FROM plan`,
    [now],
  );
  await run(
    `INSERT INTO incident_items (incident_id, item_id, relation, linked_at) SELECT id, item_id, 'confirmed', at FROM plan`,
  );
  await run(`INSERT INTO assignments (id, number, incident_id, body_id, role, state, dispatched_at, dispatched_by, acknowledged_at, acknowledged_by, verified_at, return_request)
    SELECT order_id, '评交〔2026〕' || n || '号', id, body, 'lead', CASE WHEN n % 29 = 0 THEN 'returned' ELSE 'verified' END, at + interval '10 minutes', 'bench', at + (20 + n % 90) * interval '1 minute', 'bench', at + interval '20 hours',
           CASE WHEN n % 13 = 0 OR n % 29 = 0 THEN '{"ground":"bench"}'::jsonb END FROM plan`);
  const clock = ([act, force, scope, label], hours, stoppedHours, where) =>
    run(
      `INSERT INTO response_clocks (id, incident_id, clock_key, act, force, form, scope, label, body_id, assignment_id, state, started_at, due_at, state_at, drill, policy_pack, policy_version, computation)
      SELECT gen_random_uuid(), id, $2, $3, $4, 'deadline', $5, $6, body, CASE WHEN $5 = 'inner' THEN order_id END,
             CASE WHEN stop <= $1::timestamptz THEN CASE WHEN stop <= due THEN 'met' ELSE 'metLate' END WHEN due < $1 THEN 'overdue' ELSE 'armed' END, at, due,
             CASE WHEN stop <= $1 THEN stop WHEN due < $1 THEN due END, drill, 'yunjiang', 'yunjiang-1', '{"steps":[]}'
        FROM plan, LATERAL (SELECT at + ${hours} * interval '1 hour' AS due, date_trunc('milliseconds', at + (${stoppedHours}) * interval '1 hour') AS stop) d WHERE ${where}`,
      [now, `${act}.${force}`, act, force, scope, label],
    );
  const never = `CASE WHEN n % 17 = 0 THEN NULL ELSE`;
  await clock(['signFor', 'limit', 'inner', '1小时内签收'], 1, `(20 + n % 90) / 60.0`, 'true');
  await clock(['verificationFeedback', 'limit', 'inner', '24小时内核实反馈'], 24, `${never} 4 + n % 26 END`, 'true');
  await clock(
    ['publicResponse', 'limit', 'public', '48小时内回应'],
    48,
    `${never} 3 + (n % 601) / 11.0 END`,
    'NOT fast',
  );
  await clock(['firstRelease', 'target', 'public', '3小时力争首发'], 3, `${never} 1 + (n % 61) / 11.0 END`, 'fast');
  await clock(['firstRelease', 'limit', 'public', '5小时首发'], 5, `${never} 1 + (n % 61) / 11.0 END`, 'fast');
  await clock(['pressConference', 'limit', 'public', '24小时发布会'], 24, `${never} 12 + n % 15 END`, 'fast');
  await run(`INSERT INTO escalations (id, incident_id, step, ordinal, number, reason, trigger_key, addressee_body_id, at, issued_at, deadline, state, drill)
    SELECT gen_random_uuid(), id, CASE WHEN n % 70 = 0 THEN 'supervision' ELSE 'reminder' END, 1, '评催〔2026〕' || n || '号', 'response', 'bench', body, at + interval '2 days', at + interval '2 days', at + interval '3 days', 'met', drill FROM plan WHERE n % 7 = 0`);
  await run(`INSERT INTO statements (id, number, incident_id, body_id, kind, title, body, state, published_at, created_by, created_at, updated_at)
    SELECT gen_random_uuid(), '评发' || n, id, body, 'interpretation', '关于停水情况的说明 ' || n, '情况说明', 'published', at + interval '4 hours', 'bench', at, at FROM plan WHERE n % 17 <> 0`);
  await run(`INSERT INTO evidence (id, incident_id, statement_id, body_id, kind, url, title, published_at, filed_at, filed_by, state)
    SELECT gen_random_uuid(), s.incident_id, s.id, s.body_id, 'web', 'https://www.example.gov.cn/' || s.number, s.title, s.published_at, s.published_at, 'bench', 'proven' FROM statements s JOIN plan ON plan.id = s.incident_id`);
  await run('DROP TABLE plan');
}
