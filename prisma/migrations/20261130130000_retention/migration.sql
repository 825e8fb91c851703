-- What is kept of people ends some months after their letter has closed (ADR 53): when an organization was told so, until when it
-- keeps its page all the same, and when its contact data was deleted.
ALTER TABLE "endorsement" ADD COLUMN "deletion_noticed_at" TIMESTAMPTZ(3),
    ADD COLUMN "page_kept_until" TIMESTAMPTZ(3),
    ADD COLUMN "contact_deleted_at" TIMESTAMPTZ(3);

ALTER TYPE "mail_kind" ADD VALUE 'deletion_notice';
ALTER TYPE "audit_action" ADD VALUE 'keep_page';
ALTER TYPE "audit_action" ADD VALUE 'release_page';
ALTER TYPE "audit_action" ADD VALUE 'delete_personal_data';
