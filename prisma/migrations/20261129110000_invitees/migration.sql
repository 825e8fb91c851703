-- Organizations that are invited to sign a letter.

-- AlterEnum
ALTER TYPE "mail_kind" ADD VALUE 'invite_to_sign';
ALTER TYPE "audit_action" ADD VALUE 'invite_organizations';
ALTER TYPE "audit_action" ADD VALUE 'withdraw_invitee';
ALTER TYPE "audit_action" ADD VALUE 'set_invitee_message';
ALTER TYPE "audit_action" ADD VALUE 'set_invitee_reminders';

-- AlterTable
ALTER TABLE "letter" ADD COLUMN "invitee_reminder_days" INTEGER,
ADD COLUMN "invitee_reminder_deadline" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "invitee" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "letter_id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "email_key" TEXT NOT NULL,
    "language" "language_tag" NOT NULL,
    "fields" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "invitations" INTEGER NOT NULL DEFAULT 1,
    "invited_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "reminded_at" TIMESTAMPTZ(3),
    "reminded_deadline_at" TIMESTAMPTZ(3),
    "sent_at" TIMESTAMPTZ(3),
    "undelivered_at" TIMESTAMPTZ(3),
    "opened_at" TIMESTAMPTZ(3),
    "declined_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),
    "withdrawn_at" TIMESTAMPTZ(3),

    CONSTRAINT "invitee_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "invitee_link" (
    "token_hash" BYTEA NOT NULL,
    "invitee_id" UUID NOT NULL,
    "ending_hash" BYTEA NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "invitee_link_pkey" PRIMARY KEY ("token_hash")
);

-- CreateTable
CREATE TABLE "invitee_list" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "letter_id" UUID NOT NULL,
    "coordinator_id" UUID NOT NULL,
    "rows" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "invitee_list_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "invitee_message" (
    "letter_id" UUID NOT NULL,
    "language" "language_tag" NOT NULL,
    "text" TEXT NOT NULL,

    CONSTRAINT "invitee_message_pkey" PRIMARY KEY ("letter_id","language")
);

-- CreateTable
CREATE TABLE "uninvited_address" (
    "address_hash" BYTEA NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "uninvited_address_pkey" PRIMARY KEY ("address_hash")
);

-- AlterTable
ALTER TABLE "endorsement" ADD COLUMN "invitee_id" UUID;
ALTER TABLE "mail" ADD COLUMN "invitee_id" UUID;

-- CreateIndex
CREATE UNIQUE INDEX "invitee_letter_id_email_key_key" ON "invitee"("letter_id", "email_key");
CREATE INDEX "invitee_letter_id_created_at_id_idx" ON "invitee"("letter_id", "created_at", "id");
CREATE INDEX "invitee_email_key_idx" ON "invitee"("email_key");
CREATE UNIQUE INDEX "invitee_link_ending_hash_key" ON "invitee_link"("ending_hash");
CREATE INDEX "invitee_link_invitee_id_idx" ON "invitee_link"("invitee_id");
CREATE INDEX "invitee_list_letter_id_idx" ON "invitee_list"("letter_id");
CREATE INDEX "endorsement_invitee_id_idx" ON "endorsement"("invitee_id");
CREATE INDEX "mail_invitee_id_idx" ON "mail"("invitee_id");

-- AddForeignKey
ALTER TABLE "invitee" ADD CONSTRAINT "invitee_letter_id_fkey" FOREIGN KEY ("letter_id") REFERENCES "letter"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "invitee_link" ADD CONSTRAINT "invitee_link_invitee_id_fkey" FOREIGN KEY ("invitee_id") REFERENCES "invitee"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "invitee_list" ADD CONSTRAINT "invitee_list_letter_id_fkey" FOREIGN KEY ("letter_id") REFERENCES "letter"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "invitee_list" ADD CONSTRAINT "invitee_list_coordinator_id_fkey" FOREIGN KEY ("coordinator_id") REFERENCES "coordinator"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "invitee_message" ADD CONSTRAINT "invitee_message_letter_id_fkey" FOREIGN KEY ("letter_id") REFERENCES "letter"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "endorsement" ADD CONSTRAINT "endorsement_invitee_id_fkey" FOREIGN KEY ("invitee_id") REFERENCES "invitee"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "mail" ADD CONSTRAINT "mail_invitee_id_fkey" FOREIGN KEY ("invitee_id") REFERENCES "invitee"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- By hand: what became of the mails to an invitee outlives them, since they are deleted sooner. A trigger, because whoever
-- sends mails and takes reports of them knows no invitees.
CREATE FUNCTION invitee_mailed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  was_undelivered boolean := OLD.failed_at IS NOT NULL
    OR coalesce(OLD.outcome IN ('suppressed', 'returned', 'bounced', 'complained'), false);
  is_undelivered boolean := NEW.failed_at IS NOT NULL
    OR coalesce(NEW.outcome IN ('suppressed', 'returned', 'bounced', 'complained'), false);
BEGIN
  UPDATE invitee SET
    sent_at = coalesce(NEW.sent_at, sent_at),
    undelivered_at = CASE
      WHEN is_undelivered THEN coalesce(undelivered_at, now())
      WHEN was_undelivered THEN NULL
      ELSE undelivered_at END
  WHERE id = NEW.invitee_id;
  RETURN NULL;
END $$;
CREATE TRIGGER invitee_mailed AFTER UPDATE OF sent_at, failed_at, outcome ON "mail"
  FOR EACH ROW WHEN (NEW.invitee_id IS NOT NULL) EXECUTE FUNCTION invitee_mailed();
