-- Mailings: what coordinators write to signatories by e-mail.

-- AlterEnum
ALTER TYPE "mail_kind" ADD VALUE 'mailing';
ALTER TYPE "audit_action" ADD VALUE 'send_mailing';
ALTER TYPE "audit_action" ADD VALUE 'pause_mailing';
ALTER TYPE "audit_action" ADD VALUE 'resume_mailing';
ALTER TYPE "audit_action" ADD VALUE 'cancel_mailing';

-- CreateTable
CREATE TABLE "mailing" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "letter_id" UUID NOT NULL,
    "update_id" UUID,
    "version" INTEGER NOT NULL DEFAULT 1,
    "audience" JSONB NOT NULL,
    "created_by_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "sent_at" TIMESTAMPTZ(3),
    "props" JSONB,
    "recipients" INTEGER,
    "paused_at" TIMESTAMPTZ(3),
    "cancelled_at" TIMESTAMPTZ(3),
    "past_sent" INTEGER NOT NULL DEFAULT 0,
    "past_returned" INTEGER NOT NULL DEFAULT 0,
    "past_failed" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "mailing_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "mailing_sent" CHECK (("sent_at" IS NULL) = ("props" IS NULL) AND ("sent_at" IS NULL) = ("recipients" IS NULL))
);

-- CreateTable
CREATE TABLE "mailing_text" (
    "mailing_id" UUID NOT NULL,
    "language" "language_tag" NOT NULL,
    "title" TEXT NOT NULL,
    "body" TEXT NOT NULL,

    CONSTRAINT "mailing_text_pkey" PRIMARY KEY ("mailing_id","language")
);

-- CreateTable
CREATE TABLE "ended_mailings" (
    "letter_id" UUID NOT NULL,
    "email_key" TEXT NOT NULL,
    "ended_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ended_mailings_pkey" PRIMARY KEY ("letter_id","email_key")
);

-- AlterTable
ALTER TABLE "mail" ADD COLUMN "mailing_id" UUID,
ADD COLUMN "batch_id" UUID,
ADD COLUMN "begun_at" TIMESTAMPTZ(3);

-- CreateIndex
CREATE INDEX "mailing_letter_id_created_at_idx" ON "mailing"("letter_id", "created_at");

-- CreateIndex
CREATE INDEX "mailing_update_id_idx" ON "mailing"("update_id");

-- AddForeignKey
ALTER TABLE "mailing" ADD CONSTRAINT "mailing_letter_id_fkey" FOREIGN KEY ("letter_id") REFERENCES "letter"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "mailing" ADD CONSTRAINT "mailing_update_id_fkey" FOREIGN KEY ("update_id") REFERENCES "letter_update"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "mailing" ADD CONSTRAINT "mailing_created_by_id_fkey" FOREIGN KEY ("created_by_id") REFERENCES "coordinator"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "mailing_text" ADD CONSTRAINT "mailing_text_mailing_id_fkey" FOREIGN KEY ("mailing_id") REFERENCES "mailing"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ended_mailings" ADD CONSTRAINT "ended_mailings_letter_id_fkey" FOREIGN KEY ("letter_id") REFERENCES "letter"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "mail" ADD CONSTRAINT "mail_mailing_id_fkey" FOREIGN KEY ("mailing_id") REFERENCES "mailing"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- By hand: one mail of a mailing to an address, also where it speaks for several organizations.
CREATE UNIQUE INDEX "mail_of_mailing" ON "mail" ("mailing_id", "to_key") WHERE "mailing_id" IS NOT NULL;

-- By hand: the queue of mailings, and that of all other mails without them (lib/platform/mail/queue.ts).
CREATE INDEX "mail_due_mailing" ON "mail" ("mailing_id", "send_after") WHERE "sent_at" IS NULL AND "failed_at" IS NULL AND "mailing_id" IS NOT NULL;
CREATE INDEX "mail_batch" ON "mail" ("batch_id") WHERE "batch_id" IS NOT NULL;
CREATE INDEX "mail_due_other" ON "mail" ("send_after") WHERE "sent_at" IS NULL AND "failed_at" IS NULL AND "mailing_id" IS NULL;
DROP INDEX "mail_due";

-- By hand: whoever has left a letter, or was declined, gets no mail of a mailing that nobody has begun to send.
CREATE FUNCTION mailing_left() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM mail WHERE endorsement_id = NEW.id AND mailing_id IS NOT NULL
    AND sent_at IS NULL AND failed_at IS NULL AND begun_at IS NULL;
  RETURN NULL;
END $$;
CREATE TRIGGER mailing_left AFTER UPDATE OF state ON "endorsement"
  FOR EACH ROW WHEN (NEW.state IN ('declined', 'withdrawn')) EXECUTE FUNCTION mailing_left();

-- By hand: what became of a mailing's mails outlives them. Whoever deletes mails knows no mailings.
CREATE FUNCTION mailing_mails_deleted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE mailing SET past_sent = past_sent + sent, past_failed = past_failed + failed, past_returned = past_returned + returned
  FROM (
    SELECT mailing_id, count(sent_at) AS sent, count(failed_at) AS failed,
      count(*) FILTER (WHERE sent_at IS NOT NULL AND outcome IN ('returned', 'bounced', 'complained')) AS returned
    FROM gone WHERE mailing_id IS NOT NULL GROUP BY mailing_id
  ) AS counted WHERE mailing.id = mailing_id;
  RETURN NULL;
END $$;
CREATE TRIGGER mailing_mails_deleted AFTER DELETE ON "mail"
  REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION mailing_mails_deleted();
