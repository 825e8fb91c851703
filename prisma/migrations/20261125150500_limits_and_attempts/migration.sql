-- Rate limits (lib/platform/rate-limits.ts). The columns are those of rate-limiter-flexible.
CREATE TABLE "rate_limit" (
    "key" VARCHAR(255) NOT NULL,
    "points" INTEGER NOT NULL DEFAULT 0,
    "expire" BIGINT,

    CONSTRAINT "rate_limit_pkey" PRIMARY KEY ("key")
);

-- Counters that have run out are deleted by age.
CREATE INDEX "rate_limit_expire_idx" ON "rate_limit"("expire");

-- A letter whose sign-ups are paused.
ALTER TABLE "letter" ADD COLUMN "paused_at" TIMESTAMPTZ(3);
ALTER TYPE "audit_action" ADD VALUE 'pause' AFTER 'unarchive';
ALTER TYPE "audit_action" ADD VALUE 'resume' AFTER 'pause';

-- Every unconfirmed sign-up is a row of its own: one stranger's attempt does not change another's. Only one of the
-- endorsements that an address has on a letter can be confirmed.
DROP INDEX "endorsement_letter_id_email_key_key";
CREATE INDEX "endorsement_email_key_letter_id_idx" ON "endorsement"("email_key", "letter_id");
CREATE UNIQUE INDEX "endorsement_one_confirmed" ON "endorsement"("letter_id", "email_key") WHERE "state" <> 'submitted';

-- Links to data that were sent again with other content never confirm what they did not show.
DELETE FROM "verification" USING "endorsement"
    WHERE "verification"."endorsement_id" = "endorsement"."id" AND "endorsement"."state" = 'submitted'
      AND "verification"."submission" <> "endorsement"."submission";
ALTER TABLE "verification" DROP COLUMN "submission";
ALTER TABLE "endorsement" DROP COLUMN "submission", DROP COLUMN "mail_count";
