-- Private links by which organizations see and control their entries.
ALTER TYPE "mail_kind" ADD VALUE 'confirmed' BEFORE 'approved';
ALTER TYPE "mail_kind" ADD VALUE 'entry_links' BEFORE 'approved';

CREATE TABLE "entry_link" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "endorsement_id" UUID NOT NULL,
    "token_hash" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "entry_link_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "entry_link_endorsement_id_fkey" FOREIGN KEY ("endorsement_id") REFERENCES "endorsement" ("id")
        ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE UNIQUE INDEX "entry_link_token_hash_key" ON "entry_link" ("token_hash");
CREATE INDEX "entry_link_endorsement_id_idx" ON "entry_link" ("endorsement_id");
CREATE INDEX "entry_link_expires_at_idx" ON "entry_link" ("expires_at");

CREATE TABLE "entry_link_request" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "email_key" TEXT NOT NULL,
    "language" "language_tag" NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "entry_link_request_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "entry_link_request_created_at_idx" ON "entry_link_request" ("created_at");
