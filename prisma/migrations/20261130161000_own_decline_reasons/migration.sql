-- Reasons for declining that a letter has besides the usual ones.

-- AlterEnum
ALTER TYPE "audit_action" ADD VALUE 'add_decline_reason';
ALTER TYPE "audit_action" ADD VALUE 'remove_decline_reason';

-- CreateTable
CREATE TABLE "own_decline_reason" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "letter_id" UUID NOT NULL,
    "label" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "removed_at" TIMESTAMPTZ(3),

    CONSTRAINT "own_decline_reason_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "own_decline_reason_text" (
    "reason_id" UUID NOT NULL,
    "language" "language_tag" NOT NULL,
    "text" TEXT NOT NULL,

    CONSTRAINT "own_decline_reason_text_pkey" PRIMARY KEY ("reason_id","language")
);

-- AlterTable
ALTER TABLE "endorsement" ADD COLUMN "own_decline_reason_id" UUID;

-- CreateIndex
CREATE INDEX "own_decline_reason_letter_id_created_at_idx" ON "own_decline_reason"("letter_id", "created_at");

-- CreateIndex
CREATE INDEX "endorsement_own_decline_reason_id_idx" ON "endorsement"("own_decline_reason_id");

-- AddForeignKey
ALTER TABLE "own_decline_reason" ADD CONSTRAINT "own_decline_reason_letter_id_fkey" FOREIGN KEY ("letter_id") REFERENCES "letter"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "own_decline_reason_text" ADD CONSTRAINT "own_decline_reason_text_reason_id_fkey" FOREIGN KEY ("reason_id") REFERENCES "own_decline_reason"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "endorsement" ADD CONSTRAINT "endorsement_own_decline_reason_id_fkey" FOREIGN KEY ("own_decline_reason_id") REFERENCES "own_decline_reason"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- A reason of the letter's own is not one of the usual ones.
ALTER TABLE "endorsement" ADD CONSTRAINT "endorsement_own_reason_is_other" CHECK ("own_decline_reason_id" IS NULL OR ("decline_reason" IS NOT NULL AND "decline_reason" = 'other'));
