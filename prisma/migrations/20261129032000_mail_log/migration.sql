-- The log of a letter's mails, newest first.

-- DropIndex
DROP INDEX "mail_letter_id_idx";

-- CreateIndex
CREATE INDEX "mail_letter_id_created_at_id_idx" ON "mail"("letter_id", "created_at", "id");

-- By hand: those that fail, as lib/platform/mail/log.ts looks for them.
CREATE INDEX "mail_failing" ON "mail" ("letter_id", "created_at", "id")
WHERE "failed_at" IS NOT NULL OR "outcome" IN ('suppressed', 'returned', 'bounced', 'complained') OR ("sent_at" IS NULL AND "attempts" >= 3);
