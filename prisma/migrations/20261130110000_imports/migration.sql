-- Lists of organizations that signed on paper or otherwise, which coordinators vouch for.

-- AlterEnum
ALTER TYPE "mail_kind" ADD VALUE 'confirm_attested';
ALTER TYPE "audit_action" ADD VALUE 'import_endorsements';
ALTER TYPE "audit_action" ADD VALUE 'take_back_import';
ALTER TYPE "audit_action" ADD VALUE 'remove_import_file';
ALTER TYPE "audit_action" ADD VALUE 'confirm_attested';
ALTER TYPE "audit_action" ADD VALUE 'deny_attested';

-- CreateEnum
CREATE TYPE "import_kind" AS ENUM ('paper', 'fax', 'meeting', 'email', 'other');

-- CreateEnum
CREATE TYPE "attested_answer" AS ENUM ('confirmed', 'denied');

-- CreateTable
CREATE TABLE "import" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "letter_id" UUID NOT NULL,
    "coordinator_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "rows" TEXT,
    "kind" "import_kind",
    "note" TEXT,
    "leave_out" BOOLEAN NOT NULL DEFAULT false,
    "approves" BOOLEAN NOT NULL DEFAULT true,
    "requested_at" TIMESTAMPTZ(3),
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "lease_id" UUID,
    "lease_until" TIMESTAMPTZ(3),
    "prepared" INTEGER NOT NULL DEFAULT 0,
    "total" INTEGER NOT NULL DEFAULT 0,
    "problem" TEXT,
    "done_at" TIMESTAMPTZ(3),
    "added" INTEGER NOT NULL DEFAULT 0,
    "left_out" INTEGER NOT NULL DEFAULT 0,
    "taken_back_at" TIMESTAMPTZ(3),

    CONSTRAINT "import_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "import_file" (
    "import_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "bytes" BYTEA NOT NULL,

    CONSTRAINT "import_file_pkey" PRIMARY KEY ("import_id")
);

-- CreateTable
CREATE TABLE "attested_question" (
    "endorsement_id" UUID NOT NULL,
    "token_hash" BYTEA NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "answer" "attested_answer",
    "answered_at" TIMESTAMPTZ(3),

    CONSTRAINT "attested_question_pkey" PRIMARY KEY ("endorsement_id")
);

-- AlterTable
ALTER TABLE "endorsement" ADD COLUMN "import_id" UUID;

-- CreateIndex
CREATE INDEX "import_letter_id_idx" ON "import"("letter_id");

-- CreateIndex
CREATE UNIQUE INDEX "attested_question_token_hash_key" ON "attested_question"("token_hash");

-- CreateIndex
CREATE INDEX "endorsement_import_id_idx" ON "endorsement"("import_id");

-- By hand: servers ask all the time whether one waits for them.
CREATE INDEX "import_waiting" ON "import"("requested_at") WHERE "requested_at" IS NOT NULL AND "done_at" IS NULL;

-- AddForeignKey
ALTER TABLE "endorsement" ADD CONSTRAINT "endorsement_import_id_fkey" FOREIGN KEY ("import_id") REFERENCES "import"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "import" ADD CONSTRAINT "import_letter_id_fkey" FOREIGN KEY ("letter_id") REFERENCES "letter"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "import" ADD CONSTRAINT "import_coordinator_id_fkey" FOREIGN KEY ("coordinator_id") REFERENCES "coordinator"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "import_file" ADD CONSTRAINT "import_file_import_id_fkey" FOREIGN KEY ("import_id") REFERENCES "import"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "attested_question" ADD CONSTRAINT "attested_question_endorsement_id_fkey" FOREIGN KEY ("endorsement_id") REFERENCES "endorsement"("id") ON DELETE CASCADE ON UPDATE CASCADE;
