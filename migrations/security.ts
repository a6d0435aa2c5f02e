/** The four database roles (design, invariant 11). The names are the same in every installation; passwords are not. */
export const DATABASE_ROLES = {
  owner: 'huiying_owner',
  app: 'huiying_app',
  worker: 'huiying_worker',
  auditor: 'huiying_auditor',
} as const;

/** Who may do what with a table. `app` is the row predicate of the scoped role; without it the role has no access at all. */
export interface TableAccess {
  app?: { using: string; check?: string; verbs: string };
  worker?: string;
  auditor?: boolean;
}

/**
 * Statements that put a table under row-level security: FORCE, so that the owner is bound too, and one explicit policy
 * a role. The owner's policy lets migrations back-fill rows; nothing else connects as the owner.
 */
export function secureTable(table: string, access: TableAccess): string[] {
  const { owner, app, worker, auditor } = DATABASE_ROLES;
  const statements = [
    `ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY`,
    `ALTER TABLE ${table} FORCE ROW LEVEL SECURITY`,
    `CREATE POLICY ${table}_owner ON ${table} TO ${owner} USING (true) WITH CHECK (true)`,
  ];
  if (access.app !== undefined) {
    const check = access.app.check ?? access.app.using;
    statements.push(
      `CREATE POLICY ${table}_app ON ${table} TO ${app} USING (${access.app.using}) WITH CHECK (${check})`,
      `GRANT ${access.app.verbs} ON ${table} TO ${app}`,
    );
  }
  if (access.worker !== undefined)
    statements.push(
      `CREATE POLICY ${table}_worker ON ${table} TO ${worker} USING (true) WITH CHECK (true)`,
      `GRANT ${access.worker} ON ${table} TO ${worker}`,
    );
  if (access.auditor !== false)
    statements.push(
      `CREATE POLICY ${table}_auditor ON ${table} FOR SELECT TO ${auditor} USING (true)`,
      `GRANT SELECT ON ${table} TO ${auditor}`,
    );
  return statements;
}

/** The row predicate of every table that hangs on an incident: visible when its incident is. */
export const OF_VISIBLE_INCIDENT = 'EXISTS (SELECT 1 FROM incidents scoped WHERE scoped.id = incident_id)';

/** True inside a transaction that was opened for the named purpose (`authentication`, `administration`, `reference`). */
export const forPurpose = (...purposes: string[]): string =>
  `current_setting('huiying.purpose', true) IN (${purposes.map((purpose) => `'${purpose}'`).join(', ')})`;

/** True inside any scoped transaction: reference data that every signed-in person may read. */
export const ANY_SCOPE = `coalesce(current_setting('huiying.purpose', true), '') <> ''`;
