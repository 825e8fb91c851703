-- Organizations, contacts, languages and the audit as they are from now on (ADR 26 and 27). Carries all data over.

CREATE DOMAIN "language_tag" AS TEXT CHECK (VALUE ~ '^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$');
CREATE TYPE "deadline" AS ENUM ('first_tally', 'final');
CREATE TYPE "actor_kind" AS ENUM ('coordinator', 'representative', 'operator', 'system');
CREATE TYPE "signatory_list" AS ENUM ('listed', 'added', 'earlier');
ALTER TYPE "posting_kind" RENAME TO "update_kind";
ALTER TYPE "affirmation_answer" RENAME TO "reaffirmation_answer";
ALTER TYPE "mail_kind" RENAME VALUE 'affirm' TO 'reaffirm';
ALTER TYPE "audit_action" RENAME VALUE 'affirm' TO 'reaffirm';
ALTER TYPE "audit_action" RENAME VALUE 'ask_again' TO 'request_reaffirmation';
ALTER TYPE "audit_action" RENAME VALUE 'post' TO 'post_update';
ALTER TYPE "audit_action" RENAME VALUE 'edit_posting' TO 'edit_update';
ALTER TYPE "audit_action" RENAME VALUE 'remove_posting' TO 'remove_update';
ALTER TYPE "audit_action" RENAME VALUE 'restore_posting' TO 'restore_update';
ALTER TYPE "audit_action" ADD VALUE 'attest';
ALTER TYPE "audit_action" ADD VALUE 'merge_organizations';

-- Languages are tags -----------------------------------------------------------------------------

ALTER TABLE "letter" ALTER COLUMN "authoritative_language" TYPE "language_tag" USING "authoritative_language"::text;
ALTER TABLE "letter_text" ALTER COLUMN "language" TYPE "language_tag" USING "language"::text;
ALTER TABLE "text_save" ALTER COLUMN "language" TYPE "language_tag" USING "language"::text;
ALTER TABLE "mail" ALTER COLUMN "language" TYPE "language_tag" USING "language"::text;
ALTER TABLE "coordinator" ALTER COLUMN "language" DROP DEFAULT;
ALTER TABLE "coordinator" ALTER COLUMN "language" TYPE "language_tag" USING "language"::text;
ALTER TABLE "coordinator" ALTER COLUMN "language" SET DEFAULT 'ja';
ALTER TABLE "sign_in_request" ALTER COLUMN "language" TYPE "language_tag" USING "language"::text;
ALTER TABLE "delivery_file" ALTER COLUMN "language" TYPE "language_tag" USING "language"::text;

-- Letters: addresses, languages, labels of deadlines ---------------------------------------------

ALTER TABLE "letter" RENAME COLUMN "substance" TO "binding_revision";
ALTER TABLE "letter" RENAME CONSTRAINT "letter_substance_fkey" TO "letter_binding_revision_fkey";
ALTER TABLE "letter" RENAME CONSTRAINT "letter_has_a_substance" TO "letter_has_a_binding_revision";
ALTER TABLE "letter" ADD COLUMN "audit_sequence" INTEGER NOT NULL DEFAULT 0;

ALTER TABLE "retired_slug" RENAME TO "letter_slug";
ALTER TABLE "letter_slug" RENAME CONSTRAINT "retired_slug_pkey" TO "letter_slug_pkey";
ALTER INDEX "retired_slug_letter_id_idx" RENAME TO "letter_slug_letter_id_idx";
ALTER TABLE "letter_slug" DROP CONSTRAINT "retired_slug_letter_id_fkey";
INSERT INTO "letter_slug" ("slug", "letter_id") SELECT "slug", "id" FROM "letter";
ALTER TABLE "letter_slug" ADD CONSTRAINT "letter_slug_slug_letter_id_key" UNIQUE ("slug", "letter_id");
-- Deferred, since each row needs the other.
ALTER TABLE "letter_slug" ADD CONSTRAINT "letter_slug_letter_id_fkey" FOREIGN KEY ("letter_id") REFERENCES "letter" ("id")
    ON DELETE CASCADE ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "letter" ADD CONSTRAINT "letter_slug_fkey" FOREIGN KEY ("slug", "id") REFERENCES "letter_slug" ("slug", "letter_id")
    DEFERRABLE INITIALLY DEFERRED;

CREATE TABLE "letter_language" (
    "letter_id" UUID NOT NULL REFERENCES "letter" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    "language" "language_tag" NOT NULL,

    CONSTRAINT "letter_language_pkey" PRIMARY KEY ("letter_id", "language")
);
INSERT INTO "letter_language" SELECT "letter_id", "language" FROM "letter_text"
    UNION SELECT "id", "authoritative_language" FROM "letter";
ALTER TABLE "letter_text" ADD CONSTRAINT "letter_text_letter_id_language_fkey" FOREIGN KEY ("letter_id", "language")
    REFERENCES "letter_language" ("letter_id", "language") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "letter" ADD CONSTRAINT "letter_authoritative_language_fkey" FOREIGN KEY ("id", "authoritative_language")
    REFERENCES "letter_language" ("letter_id", "language") DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE "text_save" RENAME COLUMN "parts" TO "content";
ALTER TABLE "text_save" ADD CONSTRAINT "text_save_letter_id_fkey" FOREIGN KEY ("letter_id") REFERENCES "letter" ("id")
    ON DELETE CASCADE ON UPDATE CASCADE;

CREATE TABLE "deadline_label" (
    "letter_id" UUID NOT NULL REFERENCES "letter" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    "deadline" "deadline" NOT NULL,
    "language" "language_tag" NOT NULL,
    "label" TEXT NOT NULL,

    CONSTRAINT "deadline_label_pkey" PRIMARY KEY ("letter_id", "deadline", "language")
);
INSERT INTO "deadline_label"
SELECT "id", "deadline"::"deadline", "language", "label"
FROM "letter" CROSS JOIN LATERAL (VALUES
    ('first_tally', 'ja', "first_tally_label_ja"), ('first_tally', 'en', "first_tally_label_en"),
    ('final', 'ja', "closes_label_ja"), ('final', 'en', "closes_label_en")) AS "labels" ("deadline", "language", "label")
WHERE "label" IS NOT NULL;
ALTER TABLE "letter" DROP COLUMN "first_tally_label_ja", DROP COLUMN "first_tally_label_en",
    DROP COLUMN "closes_label_ja", DROP COLUMN "closes_label_en";

-- A letter always has an owner. Letters from before without one may stay so until somebody changes their roles.
CREATE FUNCTION "letter_has_an_owner"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    subject UUID;
BEGIN
    IF TG_TABLE_NAME = 'letter' THEN subject := NEW."id"; ELSE subject := OLD."letter_id"; END IF;
    -- Locked, so that of two transactions that each remove one of two owners the second sees what the first did.
    PERFORM FROM "letter" WHERE "id" = subject FOR NO KEY UPDATE;
    IF FOUND AND NOT EXISTS (SELECT FROM "letter_role" WHERE "letter_id" = subject AND "role" = 'owner') THEN
        RAISE EXCEPTION 'letter % would have no owner', subject USING ERRCODE = 'check_violation', CONSTRAINT = 'letter_has_an_owner';
    END IF;
    RETURN NULL;
END $$;
INSERT INTO "letter_role" ("letter_id", "coordinator_id", "role")
SELECT "letter"."id", "administrator"."id", 'owner' FROM "letter"
    CROSS JOIN (SELECT "id" FROM "coordinator" WHERE "is_administrator" AND "deactivated_at" IS NULL ORDER BY "created_at", "id" LIMIT 1) AS "administrator"
WHERE NOT EXISTS (SELECT FROM "letter_role" WHERE "letter_id" = "letter"."id" AND "role" = 'owner')
ON CONFLICT ("letter_id", "coordinator_id") DO UPDATE SET "role" = 'owner';
CREATE CONSTRAINT TRIGGER "letter_has_an_owner" AFTER INSERT ON "letter"
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "letter_has_an_owner"();
CREATE CONSTRAINT TRIGGER "letter_keeps_an_owner" AFTER UPDATE OR DELETE ON "letter_role"
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "letter_has_an_owner"();

-- Revisions: titles by language, derived from the canonical form ----------------------------------

CREATE TABLE "revision_title" (
    "letter_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "language" "language_tag" NOT NULL,
    "title" TEXT NOT NULL,

    CONSTRAINT "revision_title_pkey" PRIMARY KEY ("letter_id", "number", "language"),
    CONSTRAINT "revision_title_letter_id_number_fkey" FOREIGN KEY ("letter_id", "number")
        REFERENCES "revision" ("letter_id", "number") ON DELETE CASCADE ON UPDATE CASCADE
);
INSERT INTO "revision_title"
SELECT "letter_id", "number", "text".key, "text".value ->> 'title'
FROM "revision" CROSS JOIN LATERAL jsonb_each("canonical"::jsonb -> 'texts') AS "text";
CREATE FUNCTION "revision_titles"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM "revision_title" WHERE "letter_id" = NEW."letter_id" AND "number" = NEW."number";
    INSERT INTO "revision_title"
    SELECT NEW."letter_id", NEW."number", "text".key, "text".value ->> 'title' FROM jsonb_each(NEW."canonical"::jsonb -> 'texts') AS "text";
    RETURN NULL;
END $$;
CREATE TRIGGER "revision_titles" AFTER INSERT OR UPDATE OF "canonical" ON "revision"
    FOR EACH ROW EXECUTE FUNCTION "revision_titles"();
ALTER TABLE "revision" DROP COLUMN "title_ja", DROP COLUMN "title_en";

-- Updates by language ------------------------------------------------------------------------------

ALTER TABLE "posting" RENAME TO "letter_update";
ALTER TABLE "letter_update" RENAME CONSTRAINT "posting_pkey" TO "letter_update_pkey";
ALTER TABLE "letter_update" RENAME CONSTRAINT "posting_letter_id_fkey" TO "letter_update_letter_id_fkey";
ALTER TABLE "letter_update" RENAME CONSTRAINT "posting_created_by_id_fkey" TO "letter_update_created_by_id_fkey";
ALTER INDEX "posting_letter_id_date_idx" RENAME TO "letter_update_letter_id_date_idx";
CREATE TABLE "letter_update_text" (
    "update_id" UUID NOT NULL REFERENCES "letter_update" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    "language" "language_tag" NOT NULL,
    "title" TEXT NOT NULL,
    "body" TEXT NOT NULL,

    CONSTRAINT "letter_update_text_pkey" PRIMARY KEY ("update_id", "language")
);
INSERT INTO "letter_update_text"
SELECT "id", "language", "title", "body" FROM "letter_update" CROSS JOIN LATERAL (VALUES
    ('ja', "title_ja", "body_ja"), ('en', "title_en", "body_en")) AS "texts" ("language", "title", "body")
WHERE "title" IS NOT NULL AND "body" IS NOT NULL;
ALTER TABLE "letter_update" DROP COLUMN "title_ja", DROP COLUMN "title_en", DROP COLUMN "body_ja", DROP COLUMN "body_en";

-- Re-affirmations ----------------------------------------------------------------------------------

ALTER TABLE "affirmation" RENAME TO "reaffirmation";
ALTER TABLE "reaffirmation" RENAME CONSTRAINT "affirmation_pkey" TO "reaffirmation_pkey";
ALTER TABLE "reaffirmation" RENAME CONSTRAINT "affirmation_endorsement_id_fkey" TO "reaffirmation_endorsement_id_fkey";
ALTER TABLE "reaffirmation" RENAME CONSTRAINT "affirmation_letter_id_revision_fkey" TO "reaffirmation_letter_id_revision_fkey";
ALTER TABLE "reaffirmation" RENAME CONSTRAINT "affirmation_recorded_by_id_fkey" TO "reaffirmation_recorded_by_id_fkey";
ALTER INDEX "affirmation_token_hash_key" RENAME TO "reaffirmation_token_hash_key";
ALTER INDEX "affirmation_letter_id_revision_idx" RENAME TO "reaffirmation_letter_id_revision_idx";
ALTER INDEX "affirmation_endorsement_id_revision_key" RENAME TO "reaffirmation_endorsement_id_revision_key";

-- Endorsements: names by language, contacts, organizations -----------------------------------------

CREATE TABLE "organization" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "website" TEXT,
    "country" CHAR(2) NOT NULL,
    "merged_into_id" UUID REFERENCES "organization" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "organization_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "organization_not_merged_into_itself" CHECK ("merged_into_id" <> "id")
);
CREATE INDEX "organization_merged_into_id_idx" ON "organization" ("merged_into_id");
CREATE TABLE "organization_name" (
    "organization_id" UUID NOT NULL REFERENCES "organization" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    "language" "language_tag" NOT NULL,
    "name" TEXT NOT NULL,
    "reading" TEXT,

    CONSTRAINT "organization_name_pkey" PRIMARY KEY ("organization_id", "language"),
    CONSTRAINT "organization_name_reading_is_japanese" CHECK ("reading" IS NULL OR "language" ~ '^ja(-|$)')
);
CREATE TABLE "contact" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "email" TEXT NOT NULL,
    "email_key" TEXT NOT NULL,
    "language" "language_tag" NOT NULL,
    "verified_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "contact_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "contact_email_key_idx" ON "contact" ("email_key");
CREATE TABLE "organization_contact" (
    "organization_id" UUID NOT NULL REFERENCES "organization" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    "contact_id" UUID NOT NULL REFERENCES "contact" ("id") ON DELETE CASCADE ON UPDATE CASCADE,

    CONSTRAINT "organization_contact_pkey" PRIMARY KEY ("organization_id", "contact_id")
);
CREATE INDEX "organization_contact_contact_id_idx" ON "organization_contact" ("contact_id");
CREATE TABLE "representative" (
    "endorsement_id" UUID NOT NULL REFERENCES "endorsement" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    "name" TEXT,
    "role" TEXT,

    CONSTRAINT "representative_pkey" PRIMARY KEY ("endorsement_id")
);
INSERT INTO "representative" SELECT "id", "representative_name", "representative_role" FROM "endorsement"
    WHERE "representative_name" IS NOT NULL OR "representative_role" IS NOT NULL;
CREATE TABLE "endorsement_name" (
    "endorsement_id" UUID NOT NULL REFERENCES "endorsement" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    "language" "language_tag" NOT NULL,
    "name" TEXT NOT NULL,
    "reading" TEXT,

    CONSTRAINT "endorsement_name_pkey" PRIMARY KEY ("endorsement_id", "language"),
    CONSTRAINT "endorsement_name_reading_is_japanese" CHECK ("reading" IS NULL OR "language" ~ '^ja(-|$)')
);
INSERT INTO "endorsement_name" SELECT "id", 'ja', "name_ja", "reading" FROM "endorsement" WHERE "name_ja" IS NOT NULL
    UNION ALL SELECT "id", 'en', "name_en", NULL FROM "endorsement" WHERE "name_en" IS NOT NULL;

ALTER TABLE "endorsement" ADD COLUMN "organization_id" UUID REFERENCES "organization" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    ADD COLUMN "contact_id" UUID REFERENCES "contact" ("id") ON DELETE SET NULL ON UPDATE CASCADE,
    ADD COLUMN "name_key" TEXT,
    ADD COLUMN "agreed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    ADD COLUMN "evidence" TEXT,
    ADD COLUMN "withdrawn_by" "actor_kind";

-- The first of the folded names that the search text begins with (lib/endorsement/rules.ts).
UPDATE "endorsement" SET "name_key" = split_part("search_text", ' ', 1),
    "agreed_at" = coalesce((SELECT max("answered_at") FROM "reaffirmation" WHERE "endorsement_id" = "endorsement"."id" AND "answer" = 'affirmed'), "submitted_at"),
    "withdrawn_by" = CASE WHEN "state" = 'withdrawn' THEN coalesce((
        SELECT CASE WHEN "note" = 'representative' THEN 'representative' ELSE 'coordinator' END::"actor_kind" FROM "audit_event"
        WHERE "endorsement_id" = "endorsement"."id" AND "action" IN ('withdraw', 'take_back') ORDER BY "id" DESC LIMIT 1), 'coordinator') END;
ALTER TABLE "endorsement" ALTER COLUMN "name_key" SET NOT NULL;

-- One verified contact an address, in the language it used last; one unverified contact for every other entry.
WITH "verified" AS (
    INSERT INTO "contact" ("email", "email_key", "language", "verified_at", "created_at")
    SELECT DISTINCT ON ("email_key") "email", "email_key", "language"::text,
        coalesce("verified_at", "submitted_at"), "submitted_at"
    FROM "endorsement" WHERE "proof" = 'email' AND "state" <> 'submitted' ORDER BY "email_key", "verified_at" DESC NULLS LAST, "id"
    RETURNING "id", "email_key"
)
UPDATE "endorsement" SET "contact_id" = "verified"."id" FROM "verified"
WHERE "endorsement"."email_key" = "verified"."email_key" AND "proof" = 'email' AND "state" <> 'submitted';
CREATE TEMPORARY TABLE "unverified" ON COMMIT DROP AS
    SELECT "id" AS "endorsement_id", gen_random_uuid() AS "contact_id" FROM "endorsement" WHERE "contact_id" IS NULL;
INSERT INTO "contact" ("id", "email", "email_key", "language", "created_at")
SELECT "unverified"."contact_id", "email", "email_key", "language"::text, "submitted_at"
FROM "unverified" JOIN "endorsement" ON "endorsement"."id" = "unverified"."endorsement_id";
UPDATE "endorsement" SET "contact_id" = "unverified"."contact_id" FROM "unverified" WHERE "endorsement"."id" = "unverified"."endorsement_id";

-- One organization for every entry that is or was approved. Which of them are the same, coordinators decide.
CREATE TEMPORARY TABLE "linked" ON COMMIT DROP AS
    SELECT "id" AS "endorsement_id", gen_random_uuid() AS "organization_id" FROM "endorsement"
    WHERE "state" = 'approved' OR ("state" = 'withdrawn' AND "decided_at" IS NOT NULL);
INSERT INTO "organization" ("id", "website", "country", "created_at")
SELECT "linked"."organization_id", CASE WHEN "visibility" = 'named' THEN "website" END, "country", coalesce("decided_at", "submitted_at")
FROM "linked" JOIN "endorsement" ON "endorsement"."id" = "linked"."endorsement_id";
UPDATE "endorsement" SET "organization_id" = "linked"."organization_id" FROM "linked" WHERE "endorsement"."id" = "linked"."endorsement_id";
INSERT INTO "organization_name"
SELECT "endorsement"."organization_id", "endorsement_name"."language", "endorsement_name"."name", "endorsement_name"."reading"
FROM "endorsement" JOIN "endorsement_name" ON "endorsement_name"."endorsement_id" = "endorsement"."id"
WHERE "endorsement"."organization_id" IS NOT NULL AND "visibility" = 'named';
INSERT INTO "organization_contact" SELECT DISTINCT "organization_id", "contact_id" FROM "endorsement"
WHERE "organization_id" IS NOT NULL AND "proof" = 'email';

DROP INDEX "endorsement_one_confirmed";
DROP INDEX "endorsement_email_key_letter_id_idx";
ALTER TABLE "endorsement" DROP CONSTRAINT "endorsement_has_a_name",
    DROP COLUMN "name_ja", DROP COLUMN "name_en", DROP COLUMN "reading", DROP COLUMN "language",
    DROP COLUMN "representative_name", DROP COLUMN "representative_role", DROP COLUMN "email", DROP COLUMN "email_key";

CREATE UNIQUE INDEX "contact_one_verified" ON "contact" ("email_key") WHERE "verified_at" IS NOT NULL;
CREATE UNIQUE INDEX "endorsement_one_confirmed" ON "endorsement" ("letter_id", "contact_id", "name_key") WHERE "state" <> 'submitted';
CREATE UNIQUE INDEX "endorsement_one_approved" ON "endorsement" ("letter_id", "organization_id") WHERE "state" = 'approved';
CREATE INDEX "endorsement_contact_id_idx" ON "endorsement" ("contact_id");
CREATE INDEX "endorsement_organization_id_idx" ON "endorsement" ("organization_id");
ALTER TABLE "endorsement" ADD CONSTRAINT "endorsement_approved_has_an_organization" CHECK ("state" <> 'approved' OR "organization_id" IS NOT NULL),
    ADD CONSTRAINT "endorsement_withdrawn_by_somebody" CHECK (("state" = 'withdrawn') = ("withdrawn_by" IS NOT NULL)),
    ADD CONSTRAINT "endorsement_delivery_fkey" FOREIGN KEY ("letter_id", "delivery") REFERENCES "delivery" ("letter_id", "number");

CREATE FUNCTION "endorsement_has_a_name"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    subject UUID;
BEGIN
    IF TG_TABLE_NAME = 'endorsement' THEN subject := NEW."id"; ELSE subject := OLD."endorsement_id"; END IF;
    IF NOT EXISTS (SELECT FROM "endorsement_name" WHERE "endorsement_id" = subject)
        AND EXISTS (SELECT FROM "endorsement" WHERE "id" = subject)
    THEN
        RAISE EXCEPTION 'endorsement % would have no name', subject USING ERRCODE = 'check_violation', CONSTRAINT = 'endorsement_has_a_name';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER "endorsement_has_a_name" AFTER INSERT ON "endorsement"
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "endorsement_has_a_name"();
CREATE CONSTRAINT TRIGGER "endorsement_keeps_a_name" AFTER DELETE ON "endorsement_name"
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "endorsement_has_a_name"();

-- Which of a letter's lists an endorsement is or would be in. The one place that decides it; inlined into queries.
CREATE FUNCTION "list_of"(revision INTEGER, delivery INTEGER, submitted_at TIMESTAMPTZ, binding_revision INTEGER, newest_delivery INTEGER, closes_at TIMESTAMPTZ)
RETURNS "signatory_list" LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE
        WHEN revision < binding_revision THEN 'earlier'
        WHEN newest_delivery IS NOT NULL AND delivery IS DISTINCT FROM newest_delivery THEN 'added'
        WHEN newest_delivery IS NULL AND submitted_at >= closes_at THEN 'added'
        ELSE 'listed'
    END::"signatory_list"
$$;
CREATE VIEW "signatory" AS
SELECT "endorsement"."id", "endorsement"."letter_id",
    "list_of"("endorsement"."revision", "endorsement"."delivery", "submitted_at", "binding_revision", "letter"."delivery", "closes_at") AS "list",
    "visibility", "coordinating", "endorsement"."revision", "agreed_at", "submitted_at", "pin", "sort_key"
FROM "endorsement" JOIN "letter" ON "letter"."id" = "endorsement"."letter_id"
WHERE "state" = 'approved' AND "binding_revision" IS NOT NULL;

-- Deliveries: names as printed ---------------------------------------------------------------------

ALTER TABLE "delivery_entry" ADD COLUMN "printed_names" JSONB;
ALTER TABLE "delivery_entry" DISABLE TRIGGER "delivery_entry_no_change";
UPDATE "delivery_entry" SET "printed_names" = "printed"."names"
FROM (
    SELECT "entry"."letter_id", "entry"."number", "entry"."endorsement_id",
        -- A name corrected since was printed as it was before the first correction after the delivery.
        CASE WHEN "corrected"."before" IS NULL
            THEN (SELECT jsonb_object_agg("language", "name") FROM "endorsement_name" WHERE "endorsement_id" = "entry"."endorsement_id")
            ELSE jsonb_strip_nulls(jsonb_build_object('ja', "corrected"."before" -> 'nameJa', 'en', "corrected"."before" -> 'nameEn'))
        END AS "names"
    FROM "delivery_entry" AS "entry"
    JOIN "delivery" ON "delivery"."letter_id" = "entry"."letter_id" AND "delivery"."number" = "entry"."number"
    JOIN "endorsement" ON "endorsement"."id" = "entry"."endorsement_id" AND "endorsement"."visibility" = 'named'
    LEFT JOIN LATERAL (
        SELECT "before" FROM "audit_event"
        WHERE "endorsement_id" = "entry"."endorsement_id" AND "action" = 'correct' AND "at" > "delivery"."delivered_at" ORDER BY "id" LIMIT 1
    ) AS "corrected" ON true
) AS "printed"
WHERE "delivery_entry"."letter_id" = "printed"."letter_id" AND "delivery_entry"."number" = "printed"."number"
    AND "delivery_entry"."endorsement_id" = "printed"."endorsement_id";
ALTER TABLE "delivery_entry" ENABLE TRIGGER "delivery_entry_no_change";

-- Mail -----------------------------------------------------------------------------------------------

CREATE INDEX "mail_letter_id_idx" ON "mail" ("letter_id");

-- Audit: actor, sequence, canonical text; names and notes apart, behind salted hashes ----------------

CREATE TABLE "audit_value" (
    "event_id" BIGINT NOT NULL REFERENCES "audit_event" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    "path" TEXT NOT NULL,
    "salt" BYTEA NOT NULL,
    "value" TEXT NOT NULL,

    CONSTRAINT "audit_value_pkey" PRIMARY KEY ("event_id", "path")
);
ALTER TABLE "audit_event" ADD COLUMN "sequence" INTEGER, ADD COLUMN "actor_kind" "actor_kind", ADD COLUMN "canonical" TEXT;
ALTER TABLE "audit_event" DISABLE TRIGGER "audit_event_no_change";

UPDATE "audit_event" SET "sequence" = "numbered"."sequence", "actor_kind" = CASE
    WHEN "actor_id" IS NOT NULL THEN 'coordinator' WHEN "note" = 'representative' THEN 'representative' ELSE 'operator' END::"actor_kind"
FROM (SELECT "id", row_number() OVER (PARTITION BY "letter_id" ORDER BY "id") AS "sequence" FROM "audit_event") AS "numbered"
WHERE "audit_event"."id" = "numbered"."id";
UPDATE "letter" SET "audit_sequence" = coalesce((SELECT max("sequence") FROM "audit_event" WHERE "letter_id" = "letter"."id"), 0);

-- Canonical JSON (RFC 8785) of what events hold: objects with ASCII member names, strings, integers, booleans, null.
CREATE FUNCTION pg_temp.canonical(value JSONB) RETURNS TEXT LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE jsonb_typeof(value)
        WHEN 'object' THEN '{' || coalesce((SELECT string_agg(to_json(key)::text || ':' || pg_temp.canonical(member), ',' ORDER BY key COLLATE "C") FROM jsonb_each(value) AS members (key, member)), '') || '}'
        WHEN 'array' THEN '[' || coalesce((SELECT string_agg(pg_temp.canonical(item), ',' ORDER BY place) FROM jsonb_array_elements(value) WITH ORDINALITY AS items (item, place)), '') || ']'
        WHEN 'string' THEN to_json(value #>> '{}')::text
        ELSE value::text
    END
$$;

-- One side of an event with what names people or organizations moved to "audit_value".
CREATE FUNCTION pg_temp.sealed(event BIGINT, path TEXT, value JSONB) RETURNS JSONB LANGUAGE plpgsql AS $$
DECLARE
    salt BYTEA := decode(replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''), 'hex');
    result JSONB := '{}';
    member RECORD;
BEGIN
    IF jsonb_typeof(value) = 'object' THEN
        FOR member IN SELECT * FROM jsonb_each(value) LOOP
            result := result || jsonb_build_object(member.key, pg_temp.sealed(event, path || '.' || member.key, member.value));
        END LOOP;
        RETURN result;
    END IF;
    IF jsonb_typeof(value) = 'string' AND path ~ '^(before|after)\.(names\.|reading$|note$|label$|texts\.)' THEN
        INSERT INTO "audit_value" VALUES (event, path, salt, value #>> '{}');
        RETURN jsonb_build_object('sha256', encode(sha256(salt || convert_to(value #>> '{}', 'UTF8')), 'hex'));
    END IF;
    RETURN value;
END $$;

-- One side of an event in the shape that events have from now on.
CREATE FUNCTION pg_temp.reshaped(action TEXT, side JSONB) RETURNS JSONB LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE
        WHEN side = '{}' THEN side
        WHEN action = 'correct' THEN jsonb_build_object('names', jsonb_strip_nulls(jsonb_build_object('ja', side -> 'nameJa', 'en', side -> 'nameEn')))
            || (side - 'nameJa' - 'nameEn')
        WHEN action IN ('post_update', 'edit_update', 'remove_update', 'restore_update') THEN
            jsonb_build_object('texts', jsonb_strip_nulls(jsonb_build_object(
                'ja', CASE WHEN side ->> 'titleJa' IS NOT NULL THEN jsonb_build_object('title', side -> 'titleJa', 'body', side -> 'bodyJa') END,
                'en', CASE WHEN side ->> 'titleEn' IS NOT NULL THEN jsonb_build_object('title', side -> 'titleEn', 'body', side -> 'bodyEn') END)),
                'update', side -> 'posting')
            || (side - 'titleJa' - 'titleEn' - 'bodyJa' - 'bodyEn' - 'posting')
        ELSE side
    END
$$;

UPDATE "audit_event" SET "canonical" = pg_temp.canonical(jsonb_build_object(
    'format', 'undersigned/audit/1',
    'letter', "letter_id",
    'sequence', "sequence",
    'at', to_char("at" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
    'actor', jsonb_build_object('kind', "actor_kind", 'id', "actor_id"),
    'action', "action",
    'endorsement', "endorsement_id",
    'before', pg_temp.sealed("id", 'before', pg_temp.reshaped("action"::text, "before")),
    'after', pg_temp.sealed("id", 'after', pg_temp.reshaped("action"::text, "after"))));

ALTER TABLE "audit_event" ALTER COLUMN "sequence" SET NOT NULL, ALTER COLUMN "actor_kind" SET NOT NULL, ALTER COLUMN "canonical" SET NOT NULL,
    ALTER COLUMN "at" DROP DEFAULT, DROP COLUMN "before", DROP COLUMN "after", DROP COLUMN "note";
ALTER TABLE "audit_event" ENABLE TRIGGER "audit_event_no_change";
ALTER TABLE "audit_event" ADD CONSTRAINT "audit_event_sequence_key" UNIQUE NULLS NOT DISTINCT ("letter_id", "sequence"),
    ADD CONSTRAINT "audit_event_actor_is_known" CHECK (("actor_kind" = 'coordinator') = ("actor_id" IS NOT NULL));
CREATE INDEX "audit_event_letter_id_action_id_idx" ON "audit_event" ("letter_id", "action", "id");
-- A value can be erased and never rewritten.
CREATE FUNCTION "audit_value_is_not_rewritten"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'audit_value is erased or kept: % refused', TG_OP USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER "audit_value_no_change" BEFORE UPDATE ON "audit_value"
    FOR EACH ROW EXECUTE FUNCTION "audit_value_is_not_rewritten"();

DROP TYPE "language";
