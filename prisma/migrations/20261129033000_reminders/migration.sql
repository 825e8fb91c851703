-- Reminders to confirm a sign-up.

-- AlterEnum
ALTER TYPE "mail_kind" ADD VALUE 'reminder' AFTER 'confirm';
ALTER TYPE "audit_action" ADD VALUE 'set_reminders';

-- By hand: letters there are do not begin to remind by themselves, since nobody was told of it who has signed.
ALTER TABLE "letter" ADD COLUMN "reminds" BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE "letter" ALTER COLUMN "reminds" SET DEFAULT true;

-- AlterTable
ALTER TABLE "endorsement" ADD COLUMN "reminders_ended_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "mailbox_message" ADD COLUMN "one_click_url" TEXT;

-- CreateEnum
CREATE TYPE "reminder_occasion" AS ENUM ('waiting', 'deadline');

-- CreateTable
CREATE TABLE "reminder" (
    "endorsement_id" UUID NOT NULL,
    "occasion" "reminder_occasion" NOT NULL,
    "unsubscribe_hash" BYTEA NOT NULL,
    "written_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "reminder_pkey" PRIMARY KEY ("endorsement_id","occasion")
);

-- CreateIndex
CREATE UNIQUE INDEX "reminder_unsubscribe_hash_key" ON "reminder"("unsubscribe_hash");

-- AddForeignKey
ALTER TABLE "reminder" ADD CONSTRAINT "reminder_endorsement_id_fkey" FOREIGN KEY ("endorsement_id") REFERENCES "endorsement"("id") ON DELETE CASCADE ON UPDATE CASCADE;
