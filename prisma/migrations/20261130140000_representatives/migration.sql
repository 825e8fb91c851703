-- An endorsement has several representatives, each with a contact and links of their own (ADR 50).

-- AlterEnum
ALTER TYPE "mail_kind" ADD VALUE 'nominated';
ALTER TYPE "mail_kind" ADD VALUE 'joined';
ALTER TYPE "mail_kind" ADD VALUE 'representatives_changed';
ALTER TYPE "audit_action" ADD VALUE 'nominate';
ALTER TYPE "audit_action" ADD VALUE 'cancel_nomination';
ALTER TYPE "audit_action" ADD VALUE 'decline_nomination';
ALTER TYPE "audit_action" ADD VALUE 'add_representative';
ALTER TYPE "audit_action" ADD VALUE 'hand_over';
ALTER TYPE "audit_action" ADD VALUE 'remove_representative';
ALTER TYPE "audit_action" ADD VALUE 'leave';

-- Who authorised a signature is of the signature, whoever represents the organization later.
ALTER TABLE "endorsement" ADD COLUMN "authorised_how" "authorisation",
ADD COLUMN "authorised_by" TEXT,
ADD COLUMN "authorised_on" DATE;
UPDATE "endorsement" SET authorised_how = said.authorised_how, authorised_by = said.authorised_by, authorised_on = said.authorised_on
FROM "representative" AS said
WHERE said.endorsement_id = "endorsement".id
  AND (said.authorised_how IS NOT NULL OR said.authorised_by IS NOT NULL OR said.authorised_on IS NOT NULL);

ALTER TABLE "representative" DROP CONSTRAINT "representative_pkey",
DROP COLUMN "authorised_how",
DROP COLUMN "authorised_by",
DROP COLUMN "authorised_on",
ADD COLUMN "id" UUID NOT NULL DEFAULT gen_random_uuid(),
ADD COLUMN "contact_id" UUID,
ADD COLUMN "since" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
ADD CONSTRAINT "representative_pkey" PRIMARY KEY ("id");
UPDATE "representative" SET contact_id = signed.contact_id, since = signed.submitted_at
FROM "endorsement" AS signed WHERE signed.id = endorsement_id;
-- A contact of whom nothing else is known.
INSERT INTO "representative" (endorsement_id, contact_id, since)
SELECT id, contact_id, submitted_at FROM "endorsement" AS signed
WHERE contact_id IS NOT NULL AND NOT EXISTS (SELECT FROM "representative" WHERE endorsement_id = signed.id);
CREATE UNIQUE INDEX "representative_endorsement_id_contact_id_key" ON "representative" ("endorsement_id", "contact_id");
CREATE INDEX "representative_contact_id_idx" ON "representative" ("contact_id");
ALTER TABLE "representative" ADD CONSTRAINT "representative_contact_id_fkey" FOREIGN KEY ("contact_id") REFERENCES "contact" ("id")
    ON DELETE CASCADE ON UPDATE CASCADE;

-- A private link is its representative's, and ends with them.
ALTER TABLE "entry_link" ADD COLUMN "representative_id" UUID;
UPDATE "entry_link" SET representative_id = "representative".id FROM "representative"
WHERE "representative".endorsement_id = "entry_link".endorsement_id;
DELETE FROM "entry_link" WHERE representative_id IS NULL;
ALTER TABLE "entry_link" DROP COLUMN "endorsement_id",
ALTER COLUMN "representative_id" SET NOT NULL,
ADD CONSTRAINT "entry_link_representative_id_fkey" FOREIGN KEY ("representative_id") REFERENCES "representative" ("id")
    ON DELETE CASCADE ON UPDATE CASCADE;
CREATE INDEX "entry_link_representative_id_idx" ON "entry_link" ("representative_id");

-- So is the link by which they answer whether they stand behind a changed text.
CREATE TABLE "reaffirmation_link" (
    "token_hash" BYTEA NOT NULL,
    "reaffirmation_id" UUID NOT NULL,
    "representative_id" UUID NOT NULL,

    CONSTRAINT "reaffirmation_link_pkey" PRIMARY KEY ("token_hash"),
    CONSTRAINT "reaffirmation_link_reaffirmation_id_fkey" FOREIGN KEY ("reaffirmation_id") REFERENCES "reaffirmation" ("id")
        ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "reaffirmation_link_representative_id_fkey" FOREIGN KEY ("representative_id") REFERENCES "representative" ("id")
        ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX "reaffirmation_link_reaffirmation_id_idx" ON "reaffirmation_link" ("reaffirmation_id");
CREATE INDEX "reaffirmation_link_representative_id_idx" ON "reaffirmation_link" ("representative_id");
INSERT INTO "reaffirmation_link" (token_hash, reaffirmation_id, representative_id)
SELECT token_hash, "reaffirmation".id, "representative".id
FROM "reaffirmation" JOIN "representative" ON "representative".endorsement_id = "reaffirmation".endorsement_id
WHERE token_hash IS NOT NULL;
ALTER TABLE "reaffirmation" DROP COLUMN "token_hash";

-- Colleagues who are asked to represent an organization.
CREATE TYPE "nomination_kind" AS ENUM ('add', 'hand_over');
CREATE TABLE "nomination" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "endorsement_id" UUID NOT NULL,
    "nominated_by_id" UUID NOT NULL,
    "kind" "nomination_kind" NOT NULL,
    "name" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "email_key" TEXT NOT NULL,
    "language" "language_tag" NOT NULL,
    "token_hash" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "nomination_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "nomination_endorsement_id_fkey" FOREIGN KEY ("endorsement_id") REFERENCES "endorsement" ("id")
        ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "nomination_nominated_by_id_fkey" FOREIGN KEY ("nominated_by_id") REFERENCES "representative" ("id")
        ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE UNIQUE INDEX "nomination_token_hash_key" ON "nomination" ("token_hash");
CREATE UNIQUE INDEX "nomination_endorsement_id_email_key_key" ON "nomination" ("endorsement_id", "email_key");
CREATE INDEX "nomination_nominated_by_id_idx" ON "nomination" ("nominated_by_id");
CREATE INDEX "nomination_expires_at_idx" ON "nomination" ("expires_at");
-- By hand: whoever hands over does so to one person.
CREATE UNIQUE INDEX "nomination_one_follows" ON "nomination" ("nominated_by_id") WHERE kind = 'hand_over';
