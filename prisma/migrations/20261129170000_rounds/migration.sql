-- Any number of rounds in place of one first tally; a deadline that only coordinators see.
CREATE TABLE "round" (
    "letter_id" UUID NOT NULL,
    "number" INTEGER NOT NULL CHECK ("number" BETWEEN 1 AND 20),
    "deadline_at" TIMESTAMPTZ(3) NOT NULL,
    "label" JSONB NOT NULL DEFAULT '{}',
    PRIMARY KEY ("letter_id", "number"),
    CONSTRAINT "round_letter_id_fkey" FOREIGN KEY ("letter_id") REFERENCES "letter"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
-- What a first tally without a day was to be called was never shown to anybody, and goes.
INSERT INTO "round" ("letter_id", "number", "deadline_at", "label")
SELECT "id", 1, "first_tally_at",
    coalesce((SELECT jsonb_object_agg("language", "label") FROM "deadline_label" WHERE "letter_id" = "id" AND "deadline" = 'first_tally'), '{}')
FROM "letter" WHERE "first_tally_at" IS NOT NULL;
DELETE FROM "deadline_label" WHERE "deadline" = 'first_tally';

ALTER TABLE "deadline_label" DROP CONSTRAINT "deadline_label_pkey";
ALTER TABLE "deadline_label" DROP COLUMN "deadline";
ALTER TABLE "deadline_label" ADD CONSTRAINT "deadline_label_pkey" PRIMARY KEY ("letter_id", "language");
DROP TYPE "deadline";

ALTER TABLE "letter" DROP COLUMN "first_tally_at";
ALTER TABLE "letter" ADD COLUMN "internal_deadline_at" TIMESTAMPTZ(3);

-- A delivery says which round it is. Its content stays what it was: the rows only repeat a part of it.
ALTER TYPE "tally" RENAME VALUE 'first_tally' TO 'round';
ALTER TABLE "delivery" ADD COLUMN "round" INTEGER;
ALTER TABLE "delivery" DISABLE TRIGGER "delivery_no_change";
UPDATE "delivery" SET "round" = 1 WHERE "tally" = 'round';
ALTER TABLE "delivery" ENABLE TRIGGER "delivery_no_change";
ALTER TABLE "delivery" ADD CONSTRAINT "delivery_round_of_tally" CHECK (("tally" = 'round') = ("round" IS NOT NULL));
