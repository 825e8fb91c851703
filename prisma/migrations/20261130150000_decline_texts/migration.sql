-- A letter's own words for the reasons of a decline.

-- AlterEnum
ALTER TYPE "audit_action" ADD VALUE 'set_decline_texts';

-- CreateTable
CREATE TABLE "decline_text" (
    "letter_id" UUID NOT NULL,
    "reason" "decline_reason" NOT NULL,
    "language" "language_tag" NOT NULL,
    "text" TEXT NOT NULL,

    CONSTRAINT "decline_text_pkey" PRIMARY KEY ("letter_id","reason","language")
);

-- AddForeignKey
ALTER TABLE "decline_text" ADD CONSTRAINT "decline_text_letter_id_fkey" FOREIGN KEY ("letter_id") REFERENCES "letter"("id") ON DELETE CASCADE ON UPDATE CASCADE;
