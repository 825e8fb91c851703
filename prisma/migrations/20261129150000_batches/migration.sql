-- Entries that a coordinator decided on at once, so that this can be undone at once.

-- CreateEnum
CREATE TYPE "batch_step" AS ENUM ('approve', 'decline');

-- CreateEnum
CREATE TYPE "batch_outcome" AS ENUM ('decided', 'undone', 'changed', 'not_possible', 'alike');

-- CreateTable
CREATE TABLE "batch" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "letter_id" UUID NOT NULL,
    "coordinator_id" UUID NOT NULL,
    "step" "batch_step" NOT NULL,
    "decided_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "batch_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "batch_entry" (
    "batch_id" UUID NOT NULL,
    "endorsement_id" UUID NOT NULL,
    "outcome" "batch_outcome" NOT NULL,
    "version" INTEGER NOT NULL,

    CONSTRAINT "batch_entry_pkey" PRIMARY KEY ("batch_id","endorsement_id")
);

-- CreateIndex
CREATE INDEX "batch_decided_at_idx" ON "batch"("decided_at");

-- CreateIndex
CREATE INDEX "batch_letter_id_idx" ON "batch"("letter_id");

-- CreateIndex
CREATE INDEX "batch_entry_endorsement_id_idx" ON "batch_entry"("endorsement_id");

-- AddForeignKey
ALTER TABLE "batch" ADD CONSTRAINT "batch_letter_id_fkey" FOREIGN KEY ("letter_id") REFERENCES "letter"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "batch" ADD CONSTRAINT "batch_coordinator_id_fkey" FOREIGN KEY ("coordinator_id") REFERENCES "coordinator"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "batch_entry" ADD CONSTRAINT "batch_entry_batch_id_fkey" FOREIGN KEY ("batch_id") REFERENCES "batch"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "batch_entry" ADD CONSTRAINT "batch_entry_endorsement_id_fkey" FOREIGN KEY ("endorsement_id") REFERENCES "endorsement"("id") ON DELETE CASCADE ON UPDATE CASCADE;
