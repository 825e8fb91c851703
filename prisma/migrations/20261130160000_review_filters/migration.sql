-- Filters of the review, and those that a letter's coordinators have named.

-- CreateTable
CREATE TABLE "review_filter" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "letter_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "state" "endorsement_state",
    "country" CHAR(2),
    "category" TEXT,
    "language" "language_tag",
    "visibility" "visibility",
    "proof" "proof",
    "mail_fails" BOOLEAN NOT NULL DEFAULT false,
    "alike" BOOLEAN NOT NULL DEFAULT false,
    "asks" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "review_filter_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "review_filter_letter_id_name_key" ON "review_filter"("letter_id", "name");

-- AddForeignKey
ALTER TABLE "review_filter" ADD CONSTRAINT "review_filter_letter_id_fkey" FOREIGN KEY ("letter_id") REFERENCES "letter"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- The entries of a country, and by a loose scan the countries of a letter.
-- CreateIndex
CREATE INDEX "endorsement_letter_id_country_idx" ON "endorsement"("letter_id", "country");
