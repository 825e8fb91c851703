-- Coordinators vouch for sign-ups that were not confirmed, and dismiss denials of attested entries.

-- AlterEnum
ALTER TYPE "audit_action" ADD VALUE 'vouch';
ALTER TYPE "audit_action" ADD VALUE 'dismiss_denial';

-- AlterTable
ALTER TABLE "attested_question" ADD COLUMN "dismissed_at" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "evidence_file" (
    "endorsement_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "bytes" BYTEA NOT NULL,

    CONSTRAINT "evidence_file_pkey" PRIMARY KEY ("endorsement_id")
);

-- AddForeignKey
ALTER TABLE "evidence_file" ADD CONSTRAINT "evidence_file_endorsement_id_fkey" FOREIGN KEY ("endorsement_id") REFERENCES "endorsement"("id") ON DELETE CASCADE ON UPDATE CASCADE;
