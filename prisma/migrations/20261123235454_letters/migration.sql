-- CreateEnum
CREATE TYPE "after_closing" AS ENUM ('refused', 'added');

-- CreateEnum
CREATE TYPE "revision_kind" AS ENUM ('first', 'correction', 'translation', 'substance');

-- CreateEnum
CREATE TYPE "affirmation_answer" AS ENUM ('affirmed', 'withdrawn');

-- CreateEnum
CREATE TYPE "tally" AS ENUM ('first_tally', 'final', 'other');

-- CreateEnum
CREATE TYPE "posting_kind" AS ENUM ('reply', 'update');

-- AlterEnum
ALTER TYPE "mail_kind" ADD VALUE 'affirm';

-- AlterEnum
ALTER TYPE "audit_action" ADD VALUE 'affirm';
ALTER TYPE "audit_action" ADD VALUE 'ask_again';
ALTER TYPE "audit_action" ADD VALUE 'create_letter';
ALTER TYPE "audit_action" ADD VALUE 'change_slug';
ALTER TYPE "audit_action" ADD VALUE 'make_draft_link';
ALTER TYPE "audit_action" ADD VALUE 'revoke_draft_link';
ALTER TYPE "audit_action" ADD VALUE 'publish';
ALTER TYPE "audit_action" ADD VALUE 'set_times';
ALTER TYPE "audit_action" ADD VALUE 'archive';
ALTER TYPE "audit_action" ADD VALUE 'unarchive';
ALTER TYPE "audit_action" ADD VALUE 'set_list';
ALTER TYPE "audit_action" ADD VALUE 'pin';
ALTER TYPE "audit_action" ADD VALUE 'deliver';
ALTER TYPE "audit_action" ADD VALUE 'post';
ALTER TYPE "audit_action" ADD VALUE 'edit_posting';
ALTER TYPE "audit_action" ADD VALUE 'remove_posting';

-- AlterTable
ALTER TABLE "letter" ADD COLUMN     "after_closing" "after_closing" NOT NULL DEFAULT 'refused',
ADD COLUMN     "archived_at" TIMESTAMPTZ(3),
ADD COLUMN     "closes_label_en" TEXT,
ADD COLUMN     "closes_label_ja" TEXT,
ADD COLUMN     "delivery" INTEGER,
ADD COLUMN     "first_tally_at" TIMESTAMPTZ(3),
ADD COLUMN     "first_tally_label_en" TEXT,
ADD COLUMN     "first_tally_label_ja" TEXT,
ADD COLUMN     "list_settings" JSONB NOT NULL DEFAULT '{}',
ADD COLUMN     "order_version" INTEGER NOT NULL DEFAULT 1,
ADD COLUMN     "revision" INTEGER,
ADD COLUMN     "substance" INTEGER;

-- AlterTable
ALTER TABLE "letter_text" ADD COLUMN     "addressee" TEXT,
ADD COLUMN     "version" INTEGER NOT NULL DEFAULT 1;

-- AlterTable
ALTER TABLE "endorsement" ADD COLUMN     "delivery" INTEGER,
ADD COLUMN     "pin" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "revision" INTEGER,
ADD COLUMN     "signed_revision" INTEGER;

-- CreateTable
CREATE TABLE "retired_slug" (
    "slug" TEXT NOT NULL,
    "letter_id" UUID NOT NULL,

    CONSTRAINT "retired_slug_pkey" PRIMARY KEY ("slug")
);

-- CreateTable
CREATE TABLE "text_save" (
    "letter_id" UUID NOT NULL,
    "language" "language" NOT NULL,
    "version" INTEGER NOT NULL,
    "parts" JSONB NOT NULL,
    "saved_by_id" UUID,
    "saved_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "text_save_pkey" PRIMARY KEY ("letter_id","language","version")
);

-- CreateTable
CREATE TABLE "draft_link" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "letter_id" UUID NOT NULL,
    "token_hash" BYTEA NOT NULL,
    "label" TEXT NOT NULL,
    "created_by_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "draft_link_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "revision" (
    "letter_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "kind" "revision_kind" NOT NULL,
    "canonical" TEXT NOT NULL,
    "hash" BYTEA NOT NULL,
    "title_ja" TEXT GENERATED ALWAYS AS ("canonical"::jsonb #>> '{texts,ja,title}') STORED,
    "title_en" TEXT GENERATED ALWAYS AS ("canonical"::jsonb #>> '{texts,en,title}') STORED,
    "published_at" TIMESTAMPTZ(3) NOT NULL,
    "published_by_id" UUID,

    CONSTRAINT "revision_pkey" PRIMARY KEY ("letter_id","number")
);

-- CreateTable
CREATE TABLE "affirmation" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "endorsement_id" UUID NOT NULL,
    "letter_id" UUID NOT NULL,
    "revision" INTEGER NOT NULL,
    "token_hash" BYTEA,
    "asked_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3),
    "answer" "affirmation_answer",
    "answered_at" TIMESTAMPTZ(3),
    "recorded_by_id" UUID,

    CONSTRAINT "affirmation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "delivery" (
    "letter_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "tally" "tally" NOT NULL,
    "revision" INTEGER NOT NULL,
    "canonical" TEXT NOT NULL,
    "hash" BYTEA NOT NULL,
    "delivered_at" TIMESTAMPTZ(3) NOT NULL,
    "delivered_by_id" UUID NOT NULL,

    CONSTRAINT "delivery_pkey" PRIMARY KEY ("letter_id","number")
);

-- CreateTable
CREATE TABLE "delivery_entry" (
    "letter_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "endorsement_id" UUID NOT NULL,

    CONSTRAINT "delivery_entry_pkey" PRIMARY KEY ("letter_id","number","endorsement_id")
);

-- CreateTable
CREATE TABLE "delivery_file" (
    "letter_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "language" "language" NOT NULL,
    "bytes" BYTEA NOT NULL,
    "sha256" BYTEA NOT NULL,

    CONSTRAINT "delivery_file_pkey" PRIMARY KEY ("letter_id","number","name","language")
);

-- CreateTable
CREATE TABLE "posting" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "letter_id" UUID NOT NULL,
    "kind" "posting_kind" NOT NULL,
    "date" DATE NOT NULL,
    "title_ja" TEXT,
    "title_en" TEXT,
    "body_ja" TEXT,
    "body_en" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_by_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "removed_at" TIMESTAMPTZ(3),

    CONSTRAINT "posting_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "retired_slug_letter_id_idx" ON "retired_slug"("letter_id");

-- CreateIndex
CREATE UNIQUE INDEX "draft_link_token_hash_key" ON "draft_link"("token_hash");

-- CreateIndex
CREATE INDEX "draft_link_letter_id_idx" ON "draft_link"("letter_id");

-- CreateIndex
CREATE UNIQUE INDEX "affirmation_token_hash_key" ON "affirmation"("token_hash");

-- CreateIndex
CREATE INDEX "affirmation_letter_id_revision_idx" ON "affirmation"("letter_id", "revision");

-- CreateIndex
CREATE UNIQUE INDEX "affirmation_endorsement_id_revision_key" ON "affirmation"("endorsement_id", "revision");

-- CreateIndex
CREATE INDEX "posting_letter_id_date_idx" ON "posting"("letter_id", "date");

-- AddForeignKey
ALTER TABLE "retired_slug" ADD CONSTRAINT "retired_slug_letter_id_fkey" FOREIGN KEY ("letter_id") REFERENCES "letter"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "text_save" ADD CONSTRAINT "text_save_saved_by_id_fkey" FOREIGN KEY ("saved_by_id") REFERENCES "coordinator"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "draft_link" ADD CONSTRAINT "draft_link_letter_id_fkey" FOREIGN KEY ("letter_id") REFERENCES "letter"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "draft_link" ADD CONSTRAINT "draft_link_created_by_id_fkey" FOREIGN KEY ("created_by_id") REFERENCES "coordinator"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "revision" ADD CONSTRAINT "revision_letter_id_fkey" FOREIGN KEY ("letter_id") REFERENCES "letter"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "revision" ADD CONSTRAINT "revision_published_by_id_fkey" FOREIGN KEY ("published_by_id") REFERENCES "coordinator"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "affirmation" ADD CONSTRAINT "affirmation_endorsement_id_fkey" FOREIGN KEY ("endorsement_id") REFERENCES "endorsement"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "affirmation" ADD CONSTRAINT "affirmation_letter_id_revision_fkey" FOREIGN KEY ("letter_id", "revision") REFERENCES "revision"("letter_id", "number") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "affirmation" ADD CONSTRAINT "affirmation_recorded_by_id_fkey" FOREIGN KEY ("recorded_by_id") REFERENCES "coordinator"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "delivery" ADD CONSTRAINT "delivery_letter_id_fkey" FOREIGN KEY ("letter_id") REFERENCES "letter"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "delivery" ADD CONSTRAINT "delivery_delivered_by_id_fkey" FOREIGN KEY ("delivered_by_id") REFERENCES "coordinator"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "delivery_entry" ADD CONSTRAINT "delivery_entry_letter_id_number_fkey" FOREIGN KEY ("letter_id", "number") REFERENCES "delivery"("letter_id", "number") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "delivery_file" ADD CONSTRAINT "delivery_file_letter_id_number_fkey" FOREIGN KEY ("letter_id", "number") REFERENCES "delivery"("letter_id", "number") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "posting" ADD CONSTRAINT "posting_letter_id_fkey" FOREIGN KEY ("letter_id") REFERENCES "letter"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "posting" ADD CONSTRAINT "posting_created_by_id_fkey" FOREIGN KEY ("created_by_id") REFERENCES "coordinator"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What schema.prisma cannot say (docs/decisions/0004-what-the-schema-cannot-say.md).

-- Letters that were there before there were revisions: what is published becomes their first. The canonical form is that
-- of lib/revision/canonical.ts; to_json escapes strings as RFC 8785 does, and the members stand in its order.
WITH "published" AS (
    SELECT "letter"."id", coalesce("opens_at", now()) AS "at",
        format('{"authoritativeLanguage":%s,"date":%s,"format":"undersigned/revision/1","kind":"first","letter":%s,"number":1,"previous":null,"publishedAt":%s,"reason":null,"texts":{%s}}',
            to_json("authoritative_language"::text), to_json("letter"."date"::text), to_json("letter"."id"::text),
            to_json(to_char(coalesce("opens_at", now()) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')), "texts"."json") AS "canonical"
    FROM "letter" CROSS JOIN LATERAL (
        SELECT string_agg(format('%s:{"addressee":null,"body":%s,"calls":[%s],"callsIntro":%s,"closing":%s,"dateLine":%s,"salutation":%s,"subject":%s,"title":%s,"valediction":%s}',
            to_json("language"::text), to_json("body"), (SELECT string_agg(to_json("call")::text, ',') FROM unnest("calls") AS "call"),
            coalesce(to_json("calls_intro")::text, 'null'), coalesce(to_json("closing")::text, 'null'), to_json("date_line"),
            to_json("salutation"), coalesce(to_json("subject")::text, 'null'), to_json("title"), to_json("valediction")),
            ',' ORDER BY "language"::text COLLATE "C") AS "json"
        FROM "letter_text" WHERE "letter_id" = "letter"."id"
    ) AS "texts"
    WHERE "texts"."json" IS NOT NULL AND ("opens_at" IS NOT NULL OR EXISTS (SELECT FROM "endorsement" WHERE "letter_id" = "letter"."id"))
), "made" AS (
    INSERT INTO "revision" ("letter_id", "number", "kind", "canonical", "hash", "published_at")
    SELECT "id", 1, 'first', "canonical", sha256(convert_to("canonical", 'UTF8')), date_trunc('milliseconds', "at") FROM "published"
)
UPDATE "letter" SET "revision" = 1, "substance" = 1 FROM "published" WHERE "letter"."id" = "published"."id";

UPDATE "endorsement" SET "revision" = 1, "signed_revision" = 1;
ALTER TABLE "endorsement" ALTER COLUMN "revision" SET NOT NULL, ALTER COLUMN "signed_revision" SET NOT NULL;

-- Every save of a text is kept, the first one, too.
INSERT INTO "text_save" ("letter_id", "language", "version", "parts")
SELECT "letter_id", "language", "version", jsonb_build_object('title', "title", 'subject', "subject", 'dateLine', "date_line",
    'addressee', "addressee", 'salutation', "salutation", 'body', "body", 'callsIntro', "calls_intro", 'calls', to_jsonb("calls"),
    'closing', "closing", 'valediction', "valediction") FROM "letter_text";

-- Revisions and deliveries are named by their numbers.
ALTER TABLE "letter" ADD CONSTRAINT "letter_revision_fkey" FOREIGN KEY ("id", "revision") REFERENCES "revision" ("letter_id", "number") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "letter" ADD CONSTRAINT "letter_substance_fkey" FOREIGN KEY ("id", "substance") REFERENCES "revision" ("letter_id", "number");
ALTER TABLE "letter" ADD CONSTRAINT "letter_delivery_fkey" FOREIGN KEY ("id", "delivery") REFERENCES "delivery" ("letter_id", "number");
ALTER TABLE "endorsement" ADD CONSTRAINT "endorsement_signed_revision_fkey" FOREIGN KEY ("letter_id", "signed_revision") REFERENCES "revision" ("letter_id", "number");
ALTER TABLE "endorsement" ADD CONSTRAINT "endorsement_revision_fkey" FOREIGN KEY ("letter_id", "revision") REFERENCES "revision" ("letter_id", "number");
ALTER TABLE "delivery" ADD CONSTRAINT "delivery_revision_fkey" FOREIGN KEY ("letter_id", "revision") REFERENCES "revision" ("letter_id", "number");

-- A letter opens with a revision, and an address is never a letter's and a retired one at once.
ALTER TABLE "letter" ADD CONSTRAINT "letter_opens_published" CHECK ("opens_at" IS NULL OR "revision" IS NOT NULL);
ALTER TABLE "letter" ADD CONSTRAINT "letter_has_a_substance" CHECK (("revision" IS NULL) = ("substance" IS NULL));

-- The published list is read in its order; entries pinned by hand stand before or behind the others.
DROP INDEX "endorsement_published";
CREATE INDEX "endorsement_published" ON "endorsement" ("letter_id", "pin", "sort_key", "id")
    WHERE "state" = 'approved' AND "visibility" = 'named';

-- A revision does not change once its letter has opened; until then nobody has seen it.
CREATE FUNCTION "revision_is_immutable"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND NEW."letter_id" = OLD."letter_id" AND NEW."number" = OLD."number"
        AND EXISTS (SELECT FROM "letter" WHERE "id" = OLD."letter_id" AND ("opens_at" IS NULL OR "opens_at" > now()))
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a published revision does not change: % refused', TG_OP USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER "revision_no_change" BEFORE UPDATE OR DELETE ON "revision"
    FOR EACH ROW EXECUTE FUNCTION "revision_is_immutable"();
CREATE TRIGGER "revision_no_truncate" BEFORE TRUNCATE ON "revision"
    FOR EACH STATEMENT EXECUTE FUNCTION "revision_is_immutable"();

-- A delivery and what was made from it never change.
CREATE FUNCTION "delivery_is_immutable"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% of a delivery does not change: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER "delivery_no_change" BEFORE UPDATE OR DELETE ON "delivery"
    FOR EACH ROW EXECUTE FUNCTION "delivery_is_immutable"();
CREATE TRIGGER "delivery_no_truncate" BEFORE TRUNCATE ON "delivery"
    FOR EACH STATEMENT EXECUTE FUNCTION "delivery_is_immutable"();
CREATE TRIGGER "delivery_entry_no_change" BEFORE UPDATE OR DELETE ON "delivery_entry"
    FOR EACH ROW EXECUTE FUNCTION "delivery_is_immutable"();
CREATE TRIGGER "delivery_entry_no_truncate" BEFORE TRUNCATE ON "delivery_entry"
    FOR EACH STATEMENT EXECUTE FUNCTION "delivery_is_immutable"();
CREATE TRIGGER "delivery_file_no_change" BEFORE UPDATE OR DELETE ON "delivery_file"
    FOR EACH ROW EXECUTE FUNCTION "delivery_is_immutable"();
CREATE TRIGGER "delivery_file_no_truncate" BEFORE TRUNCATE ON "delivery_file"
    FOR EACH STATEMENT EXECUTE FUNCTION "delivery_is_immutable"();
