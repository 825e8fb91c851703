-- Coordinators are invited and removed on pages: their last sign-in, since when they have had a role, the mail that
-- invites them, and the audit of deactivated accounts.

ALTER TYPE "mail_kind" ADD VALUE 'invitation';
ALTER TYPE "audit_action" ADD VALUE 'deactivate' AFTER 'revoke_role';
ALTER TYPE "audit_action" ADD VALUE 'reactivate' AFTER 'deactivate';

ALTER TABLE "coordinator" ADD COLUMN "signed_in_at" TIMESTAMPTZ(3);
ALTER TABLE "letter_role" ADD COLUMN "since" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;

-- Sessions and links are deleted when they have expired, and what somebody did is not: the latest trace of a sign-in.
UPDATE "coordinator" SET "signed_in_at" = GREATEST(
    (SELECT max("created_at") FROM "session" WHERE "coordinator_id" = "coordinator"."id"),
    (SELECT max("used_at") FROM "sign_in_token" WHERE "identifier" = "email"),
    (SELECT max("at") FROM "audit_event" WHERE "actor_id" = "coordinator"."id")
);

-- Every role on a letter but those of the demonstration was audited. Last, since the update queues the trigger that keeps
-- an owner, after which the table cannot be altered.
UPDATE "letter_role" SET "since" = COALESCE(
    (SELECT min("at") FROM "audit_event" WHERE "audit_event"."letter_id" = "letter_role"."letter_id"
        AND "action" = 'grant_role' AND "canonical"::jsonb -> 'after' ->> 'coordinator' = "coordinator_id"::text),
    (SELECT "created_at" FROM "letter" WHERE "letter"."id" = "letter_role"."letter_id")
);
