-- Categories of signatories, as the letter defines them in its list settings.

-- AlterTable
ALTER TABLE "endorsement" ADD COLUMN "category" TEXT,
ADD COLUMN "category_place" INTEGER NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "proposed_change" ADD COLUMN "category" TEXT;

-- By hand: the published list is read in its order, a page at a time; categories come first in it.
DROP INDEX "endorsement_published";
CREATE INDEX "endorsement_published" ON "endorsement" ("letter_id", "category_place", "pin", "sort_key", "id")
    WHERE "state" = 'approved' AND "visibility" = 'named';

-- By hand
CREATE OR REPLACE VIEW "signatory" AS
SELECT "endorsement"."id", "endorsement"."letter_id",
    "list_of"("endorsement"."revision", "endorsement"."delivery", "submitted_at", "binding_revision", "letter"."delivery", "closes_at") AS "list",
    "visibility", "coordinating", "endorsement"."revision", "agreed_at", "submitted_at", "pin", "sort_key", "category", "category_place"
FROM "endorsement" JOIN "letter" ON "letter"."id" = "endorsement"."letter_id"
WHERE "state" = 'approved' AND "binding_revision" IS NOT NULL;
