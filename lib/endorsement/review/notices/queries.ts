/** Parts of SQL statements that tell coordinators that something waits for their review. */
import { Prisma } from '@/lib/platform/db/generated/client';
import { REVIEW_NOTICE_MINUTES } from '@/lib/platform/limits';

/** The title of `letter` in a language, as `titleIn` in lib/letter/rules.ts. */
export const titleOfLetterIn = (language: Prisma.Sql) => Prisma.sql`(
  SELECT regexp_replace(title, ${'\\s*[:：]\\s*$'}, '')
    || coalesce(CASE revision_title.language WHEN 'ja' THEN '：' ELSE ': ' END || subject, '')
  FROM revision_title
  WHERE revision_title.letter_id = letter.id AND revision_title.number = letter.revision
  ORDER BY revision_title.language = ${language} DESC, revision_title.language = letter.authoritative_language DESC
  LIMIT 1)`;

/**
 * Inserts a notice for each of the letters' owners and reviewers and the administrators, each at most
 * once per `REVIEW_NOTICE_MINUTES`: an unsent notice covers everything that arrives in the meantime.
 * @param letters a relation with the letters' ids in `letter_id`
 */
export const reviewNotices = (letters: Prisma.Sql): Prisma.Sql => Prisma.sql`
  INSERT INTO mail (kind, language, "to", to_key, props, letter_id, dedupe_key, send_after)
  SELECT 'review_notice', coordinator.language, coordinator.email, coordinator.email,
    jsonb_build_object('letterSlug', letter.slug, 'letterTitle', ${titleOfLetterIn(Prisma.sql`coordinator.language`)}),
    letter.id, due.key, due.at
  FROM ${letters} AS waiting
    JOIN letter ON letter.id = waiting.letter_id
    JOIN coordinator ON coordinator.deactivated_at IS NULL AND (coordinator.is_administrator OR EXISTS (
      SELECT FROM letter_role WHERE letter_role.letter_id = letter.id AND letter_role.coordinator_id = coordinator.id
        AND letter_role.role IN ('owner', 'reviewer')))
    CROSS JOIN LATERAL (
      SELECT asked.key, greatest(now(), (
        SELECT max(coalesce(sent_at, send_after)) FROM mail WHERE to_key = coordinator.email
          AND created_at > now() - interval '1 day' AND dedupe_key = asked.key
      ) + make_interval(mins => ${REVIEW_NOTICE_MINUTES}::int)) AS at
      FROM (SELECT concat_ws(':', 'review_notice', letter.id, coordinator.id) AS key) AS asked) AS due
  ON CONFLICT (dedupe_key) WHERE sent_at IS NULL AND failed_at IS NULL DO NOTHING`;
