import type pg from 'pg'

/** The role of the application's connections: it may add to the journal, never change it. */
export const applicationRole = 'yilu_app'

/**
 * Makes the application's role where we may.
 * @returns whether our sessions can take it; where not, the triggers on the journal still refuse changes
 */
export async function makeApplicationRole(owner: pg.Pool): Promise<boolean> {
  const client = await owner.connect()
  try {
    await client.query(`DO $$
      BEGIN
        IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = '${applicationRole}') THEN
          CREATE ROLE ${applicationRole} NOLOGIN;
        END IF;
      EXCEPTION WHEN insufficient_privilege OR duplicate_object OR unique_violation THEN NULL;
      END $$`)
    await client.query(`DO $$
      BEGIN
        IF NOT pg_has_role(current_user, '${applicationRole}', 'USAGE') THEN
          GRANT ${applicationRole} TO CURRENT_USER;
        END IF;
      EXCEPTION WHEN insufficient_privilege OR undefined_object THEN NULL;
      END $$`)
    return await client.query(`SET ROLE ${applicationRole}`).then(
      () => true,
      () => false,
    )
  } finally {
    await client.query('RESET ROLE').catch(() => undefined)
    client.release()
  }
}

/** Gives the application's role what it needs on every table there is, and no more on what is append-only. */
export async function grantToApplication(client: pg.PoolClient): Promise<void> {
  await client.query(`DO $$
    DECLARE place text := quote_ident(current_schema());
    BEGIN
      IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = '${applicationRole}') THEN RETURN; END IF;
      EXECUTE format('GRANT USAGE ON SCHEMA %s TO ${applicationRole}', place);
      EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA %s TO ${applicationRole}', place);
      EXECUTE format('GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA %s TO ${applicationRole}', place);
      EXECUTE 'REVOKE UPDATE, DELETE, TRUNCATE ON journal, checkpoint FROM ${applicationRole}';
      EXECUTE 'REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON migration FROM ${applicationRole}';
    END $$`)
}
