-- Changes that organizations propose to their approved entries, and their requests for erasure.
ALTER TYPE "mail_kind" ADD VALUE 'change_decided' BEFORE 'reaffirm';
ALTER TYPE "audit_action" ADD VALUE 'propose_change' BEFORE 'grant_role';
ALTER TYPE "audit_action" ADD VALUE 'accept_change' BEFORE 'grant_role';
ALTER TYPE "audit_action" ADD VALUE 'decline_change' BEFORE 'grant_role';
ALTER TYPE "audit_action" ADD VALUE 'request_erasure' BEFORE 'grant_role';
ALTER TYPE "audit_action" ADD VALUE 'erase' BEFORE 'grant_role';

ALTER TABLE "endorsement" ADD COLUMN "erasure_requested_at" TIMESTAMPTZ(3);
-- The few that wait, among all entries of a letter.
CREATE INDEX "endorsement_erasure_requested" ON "endorsement" ("letter_id") WHERE "erasure_requested_at" IS NOT NULL;

CREATE TABLE "proposed_change" (
    "endorsement_id" UUID NOT NULL,
    "names" JSONB NOT NULL,
    "reading" TEXT,
    "website" TEXT,
    "visibility" "visibility" NOT NULL,
    "proposed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "proposed_change_pkey" PRIMARY KEY ("endorsement_id"),
    CONSTRAINT "proposed_change_endorsement_id_fkey" FOREIGN KEY ("endorsement_id") REFERENCES "endorsement" ("id")
        ON DELETE CASCADE ON UPDATE CASCADE
);
