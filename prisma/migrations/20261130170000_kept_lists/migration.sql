-- Which list each signatory is on, and how many there are of each kind, are kept where they change,
-- so that no public page computes them from all endorsements (docs/decisions/0060-kept-lists-and-counts.md).

-- AlterTable
ALTER TABLE "endorsement" ADD COLUMN "list" "signatory_list";

-- CreateTable
CREATE TABLE "signatory_count" (
    "letter_id" UUID NOT NULL,
    "list" "signatory_list" NOT NULL,
    "visibility" "visibility" NOT NULL,
    "coordinating" BOOLEAN NOT NULL,
    "category" TEXT NOT NULL DEFAULT '',
    "count" INTEGER NOT NULL,

    CONSTRAINT "signatory_count_pkey" PRIMARY KEY ("letter_id","list","visibility","coordinating","category")
);

-- AddForeignKey
ALTER TABLE "signatory_count" ADD CONSTRAINT "signatory_count_letter_id_fkey" FOREIGN KEY ("letter_id") REFERENCES "letter"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- By hand, all that follows.

-- A list is read in its order, a page at a time, and its coordinating organizations by themselves.
DROP INDEX "endorsement_published";
CREATE INDEX "endorsement_published" ON "endorsement" ("letter_id", "list", "category_place", "pin", "sort_key", "id")
    WHERE "list" IS NOT NULL AND "visibility" = 'named';
CREATE INDEX "endorsement_coordinating" ON "endorsement" ("letter_id", "category_place", "pin", "sort_key", "id")
    WHERE "list" IS NOT NULL AND "visibility" = 'named' AND "coordinating";

CREATE OR REPLACE VIEW "signatory" AS
SELECT "id", "letter_id", "list", "visibility", "coordinating", "revision", "agreed_at", "submitted_at", "pin", "sort_key", "category", "category_place"
FROM "endorsement" WHERE "list" IS NOT NULL;

-- As before, but that a delivery being recorded, whose entries are marked before its letter is, adds nobody.
CREATE OR REPLACE FUNCTION "list_of"(revision INTEGER, delivery INTEGER, submitted_at TIMESTAMPTZ, binding_revision INTEGER, newest_delivery INTEGER, closes_at TIMESTAMPTZ)
RETURNS "signatory_list" LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE
        WHEN revision < binding_revision THEN 'earlier'
        WHEN newest_delivery IS NOT NULL AND (delivery IS NULL OR delivery < newest_delivery) THEN 'added'
        WHEN newest_delivery IS NULL AND submitted_at >= closes_at THEN 'added'
        ELSE 'listed'
    END::"signatory_list"
$$;

-- An endorsement's list: null unless it is approved and its letter has a published text.
CREATE FUNCTION "put_on_list"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW."state" <> 'approved' THEN
        NEW."list" := NULL;
    ELSE
        SELECT "list_of"(NEW."revision", NEW."delivery", NEW."submitted_at", "letter"."binding_revision", "letter"."delivery", "letter"."closes_at")
        INTO NEW."list" FROM "letter" WHERE "id" = NEW."letter_id" AND "binding_revision" IS NOT NULL;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER "endorsement_list_of_new" BEFORE INSERT ON "endorsement"
    FOR EACH ROW WHEN (NEW."state" = 'approved') EXECUTE FUNCTION "put_on_list"();
CREATE TRIGGER "endorsement_list" BEFORE UPDATE OF "state", "revision", "delivery", "submitted_at" ON "endorsement"
    FOR EACH ROW WHEN (NEW."state" = 'approved' OR OLD."list" IS NOT NULL) EXECUTE FUNCTION "put_on_list"();

-- What changes for the letter as a whole: a text that asks to reaffirm, a delivery, the deadline.
CREATE FUNCTION "put_all_on_lists"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE "endorsement"
    SET "list" = "list_of"("endorsement"."revision", "endorsement"."delivery", "submitted_at", NEW."binding_revision", NEW."delivery", NEW."closes_at")
    WHERE "letter_id" = NEW."id" AND "state" = 'approved' AND NEW."binding_revision" IS NOT NULL
        AND "list" IS DISTINCT FROM "list_of"("endorsement"."revision", "endorsement"."delivery", "submitted_at", NEW."binding_revision", NEW."delivery", NEW."closes_at");
    RETURN NULL;
END $$;
CREATE TRIGGER "letter_lists" AFTER UPDATE OF "binding_revision", "delivery", "closes_at" ON "letter"
    FOR EACH ROW WHEN ((OLD."binding_revision", OLD."delivery", OLD."closes_at") IS DISTINCT FROM (NEW."binding_revision", NEW."delivery", NEW."closes_at"))
    EXECUTE FUNCTION "put_all_on_lists"();

-- Keeps the counts. Whatever changes a list holds its letter's lock, so that no two transactions
-- wait for each other here; statements that change no list write nothing.
CREATE FUNCTION "count_signatories"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO "signatory_count" AS "kept" ("letter_id", "list", "visibility", "coordinating", "category", "count")
        SELECT "letter_id", "list", "visibility", "coordinating", COALESCE("category", ''), count(*)
        FROM "after" WHERE "list" IS NOT NULL GROUP BY 1, 2, 3, 4, 5
        ON CONFLICT ("letter_id", "list", "visibility", "coordinating", "category") DO UPDATE SET "count" = "kept"."count" + EXCLUDED."count";
    ELSIF TG_OP = 'DELETE' THEN
        INSERT INTO "signatory_count" AS "kept" ("letter_id", "list", "visibility", "coordinating", "category", "count")
        SELECT "letter_id", "list", "visibility", "coordinating", COALESCE("category", ''), -count(*)
        FROM "before" WHERE "list" IS NOT NULL GROUP BY 1, 2, 3, 4, 5
        ON CONFLICT ("letter_id", "list", "visibility", "coordinating", "category") DO UPDATE SET "count" = "kept"."count" + EXCLUDED."count";
    ELSE
        INSERT INTO "signatory_count" AS "kept" ("letter_id", "list", "visibility", "coordinating", "category", "count")
        SELECT "letter_id", "list", "visibility", "coordinating", COALESCE("category", ''), sum("change")
        FROM (
            SELECT "letter_id", "list", "visibility", "coordinating", "category", 1 AS "change" FROM "after" WHERE "list" IS NOT NULL
            UNION ALL
            SELECT "letter_id", "list", "visibility", "coordinating", "category", -1 FROM "before" WHERE "list" IS NOT NULL
        ) AS "changed"
        GROUP BY 1, 2, 3, 4, 5 HAVING sum("change") <> 0
        ON CONFLICT ("letter_id", "list", "visibility", "coordinating", "category") DO UPDATE SET "count" = "kept"."count" + EXCLUDED."count";
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER "endorsement_counted" AFTER INSERT ON "endorsement"
    REFERENCING NEW TABLE AS "after" FOR EACH STATEMENT EXECUTE FUNCTION "count_signatories"();
CREATE TRIGGER "endorsement_recounted" AFTER UPDATE ON "endorsement"
    REFERENCING OLD TABLE AS "before" NEW TABLE AS "after" FOR EACH STATEMENT EXECUTE FUNCTION "count_signatories"();
CREATE TRIGGER "endorsement_uncounted" AFTER DELETE ON "endorsement"
    REFERENCING OLD TABLE AS "before" FOR EACH STATEMENT EXECUTE FUNCTION "count_signatories"();

UPDATE "endorsement"
SET "list" = "list_of"("endorsement"."revision", "endorsement"."delivery", "submitted_at", "binding_revision", "letter"."delivery", "closes_at")
FROM "letter" WHERE "letter"."id" = "letter_id" AND "state" = 'approved' AND "binding_revision" IS NOT NULL;
