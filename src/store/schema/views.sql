-- Views of each connection. They read JSON, which views in the file may not do under trusted_schema=OFF: SQLite does not
-- count its JSON functions among the harmless ones.

CREATE TEMP VIEW timeline_view AS
  SELECT a.pk * 2 AS pk, 'evt_' || a.pk AS id, 1 AS revision, a.at, a.subject_id AS payment_id,
         a.verb AS what, ifnull (p.name, a.person) AS person,
         coalesce (a.after ->> '$.amount', nullif (a.after ->> '$.collected', 0), a.before ->> '$.collected', 0)
           AS amount,
         ifnull (a.after ->> '$.currency', (SELECT currency FROM practice)) AS currency,
         coalesce (a.reason, a.after ->> '$.text', a.after ->> '$.name', nullif (a.after ->> '$.tender', 'none'))
           AS detail
  FROM audit a LEFT JOIN people p ON p.account = a.person
  WHERE a.verb NOT IN ('patient-view', 'document-open')
  UNION ALL
  SELECT t.pk * 2 + 1, t.id, 1, t.at, t.payment_id, 'attempt-' || t.state, 'Stripe',
         t.amount, t.currency, t.reason
  FROM attempts t;
