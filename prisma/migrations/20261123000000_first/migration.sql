-- Similar names and search. The extension is trusted since PostgreSQL 13, so no superuser is needed.
CREATE EXTENSION IF NOT EXISTS pg_trgm;

-- CreateEnum
CREATE TYPE "language" AS ENUM ('ja', 'en');

-- CreateEnum
CREATE TYPE "endorsement_state" AS ENUM ('submitted', 'verified', 'approved', 'declined', 'withdrawn');

-- CreateEnum
CREATE TYPE "visibility" AS ENUM ('named', 'withheld');

-- CreateEnum
CREATE TYPE "proof" AS ENUM ('email', 'attested');

-- CreateEnum
CREATE TYPE "decline_reason" AS ENUM ('duplicate', 'not_an_organization', 'not_authorised', 'unverifiable', 'out_of_scope', 'other');

-- CreateEnum
CREATE TYPE "mail_kind" AS ENUM ('confirm', 'already_signed', 'approved', 'declined', 'review_notice', 'sign_in');

-- CreateEnum
CREATE TYPE "role" AS ENUM ('observer', 'reviewer', 'owner');

-- CreateEnum
CREATE TYPE "audit_action" AS ENUM ('approve', 'decline', 'correct', 'withdraw', 'take_back', 'grant_role', 'revoke_role');

-- CreateTable
CREATE TABLE "letter" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "slug" TEXT NOT NULL,
    "authoritative_language" "language" NOT NULL,
    "date" DATE NOT NULL,
    "time_zone" TEXT NOT NULL,
    "opens_at" TIMESTAMPTZ(3),
    "closes_at" TIMESTAMPTZ(3),
    "public_version" INTEGER NOT NULL DEFAULT 1,
    "public_updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "letter_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "letter_text" (
    "letter_id" UUID NOT NULL,
    "language" "language" NOT NULL,
    "title" TEXT NOT NULL,
    "subject" TEXT,
    "date_line" TEXT NOT NULL,
    "salutation" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "calls_intro" TEXT,
    "calls" TEXT[],
    "closing" TEXT,
    "valediction" TEXT NOT NULL,

    CONSTRAINT "letter_text_pkey" PRIMARY KEY ("letter_id","language")
);

-- CreateTable
CREATE TABLE "endorsement" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "letter_id" UUID NOT NULL,
    "state" "endorsement_state" NOT NULL DEFAULT 'submitted',
    "version" INTEGER NOT NULL DEFAULT 1,
    "name_ja" TEXT,
    "reading" TEXT,
    "name_en" TEXT,
    "website" TEXT,
    "country" CHAR(2) NOT NULL,
    "visibility" "visibility" NOT NULL DEFAULT 'named',
    "coordinating" BOOLEAN NOT NULL DEFAULT false,
    "sort_key" TEXT COLLATE "C" NOT NULL,
    "search_text" TEXT NOT NULL,
    "representative_name" TEXT,
    "representative_role" TEXT,
    "email" TEXT NOT NULL,
    "email_key" TEXT NOT NULL,
    "language" "language" NOT NULL,
    "proof" "proof" NOT NULL DEFAULT 'email',
    "submission" INTEGER NOT NULL DEFAULT 1,
    "mail_count" INTEGER NOT NULL DEFAULT 0,
    "decline_reason" "decline_reason",
    "decline_note" TEXT,
    "submitted_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "verified_at" TIMESTAMPTZ(3),
    "decided_at" TIMESTAMPTZ(3),

    CONSTRAINT "endorsement_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "verification" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "endorsement_id" UUID NOT NULL,
    "token_hash" BYTEA NOT NULL,
    "submission" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "verification_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "mail" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "kind" "mail_kind" NOT NULL,
    "language" "language" NOT NULL,
    "to" TEXT NOT NULL,
    "to_key" TEXT NOT NULL,
    "props" JSONB NOT NULL,
    "sealed_token" BYTEA,
    "letter_id" UUID,
    "endorsement_id" UUID,
    "dedupe_key" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "send_after" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "lease_id" UUID,
    "lease_until" TIMESTAMPTZ(3),
    "sent_at" TIMESTAMPTZ(3),
    "failed_at" TIMESTAMPTZ(3),
    "last_error" TEXT,
    "provider_id" TEXT,

    CONSTRAINT "mail_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "mailbox_message" (
    "id" UUID NOT NULL,
    "to" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "html" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "mailbox_message_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "coordinator" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "email" TEXT NOT NULL,
    "is_administrator" BOOLEAN NOT NULL DEFAULT false,
    "language" "language" NOT NULL DEFAULT 'ja',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "deactivated_at" TIMESTAMPTZ(3),

    CONSTRAINT "coordinator_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "letter_role" (
    "letter_id" UUID NOT NULL,
    "coordinator_id" UUID NOT NULL,
    "role" "role" NOT NULL,

    CONSTRAINT "letter_role_pkey" PRIMARY KEY ("letter_id","coordinator_id")
);

-- CreateTable
CREATE TABLE "session" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "token_hash" BYTEA NOT NULL,
    "coordinator_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sign_in_token" (
    "token_hash" TEXT NOT NULL,
    "identifier" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "sign_in_token_pkey" PRIMARY KEY ("token_hash")
);

-- CreateTable
CREATE TABLE "audit_event" (
    "id" BIGSERIAL NOT NULL,
    "letter_id" UUID,
    "endorsement_id" UUID,
    "actor_id" UUID,
    "action" "audit_action" NOT NULL,
    "before" JSONB NOT NULL,
    "after" JSONB NOT NULL,
    "note" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "audit_event_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "letter_slug_key" ON "letter"("slug");

-- CreateIndex
CREATE INDEX "endorsement_letter_id_state_verified_at_id_idx" ON "endorsement"("letter_id", "state", "verified_at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "endorsement_letter_id_email_key_key" ON "endorsement"("letter_id", "email_key");

-- CreateIndex
CREATE UNIQUE INDEX "verification_token_hash_key" ON "verification"("token_hash");

-- CreateIndex
CREATE INDEX "verification_endorsement_id_idx" ON "verification"("endorsement_id");

-- CreateIndex
CREATE INDEX "mail_to_key_created_at_idx" ON "mail"("to_key", "created_at");

-- CreateIndex
CREATE INDEX "mail_endorsement_id_idx" ON "mail"("endorsement_id");

-- CreateIndex
CREATE INDEX "mailbox_message_received_at_idx" ON "mailbox_message"("received_at");

-- CreateIndex
CREATE UNIQUE INDEX "coordinator_email_key" ON "coordinator"("email");

-- CreateIndex
CREATE INDEX "letter_role_coordinator_id_idx" ON "letter_role"("coordinator_id");

-- CreateIndex
CREATE UNIQUE INDEX "session_token_hash_key" ON "session"("token_hash");

-- CreateIndex
CREATE INDEX "session_coordinator_id_idx" ON "session"("coordinator_id");

-- CreateIndex
CREATE INDEX "audit_event_endorsement_id_id_idx" ON "audit_event"("endorsement_id", "id");

-- AddForeignKey
ALTER TABLE "letter_text" ADD CONSTRAINT "letter_text_letter_id_fkey" FOREIGN KEY ("letter_id") REFERENCES "letter"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "endorsement" ADD CONSTRAINT "endorsement_letter_id_fkey" FOREIGN KEY ("letter_id") REFERENCES "letter"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "verification" ADD CONSTRAINT "verification_endorsement_id_fkey" FOREIGN KEY ("endorsement_id") REFERENCES "endorsement"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "mail" ADD CONSTRAINT "mail_letter_id_fkey" FOREIGN KEY ("letter_id") REFERENCES "letter"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "mail" ADD CONSTRAINT "mail_endorsement_id_fkey" FOREIGN KEY ("endorsement_id") REFERENCES "endorsement"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "letter_role" ADD CONSTRAINT "letter_role_letter_id_fkey" FOREIGN KEY ("letter_id") REFERENCES "letter"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "letter_role" ADD CONSTRAINT "letter_role_coordinator_id_fkey" FOREIGN KEY ("coordinator_id") REFERENCES "coordinator"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "session" ADD CONSTRAINT "session_coordinator_id_fkey" FOREIGN KEY ("coordinator_id") REFERENCES "coordinator"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "audit_event" ADD CONSTRAINT "audit_event_letter_id_fkey" FOREIGN KEY ("letter_id") REFERENCES "letter"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "audit_event" ADD CONSTRAINT "audit_event_actor_id_fkey" FOREIGN KEY ("actor_id") REFERENCES "coordinator"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What schema.prisma cannot say (docs/decisions/0004-what-the-schema-cannot-say.md).

-- An endorsement has at least one name.
ALTER TABLE "endorsement" ADD CONSTRAINT "endorsement_has_a_name" CHECK (num_nonnulls("name_ja", "name_en") >= 1);

-- The published list is read in its order, a page at a time.
CREATE INDEX "endorsement_published" ON "endorsement" ("letter_id", "sort_key", "id")
    WHERE "state" = 'approved' AND "visibility" = 'named';

-- Search and similar names in the review. Sign-ups not yet confirmed stay out of it: their insert is the hot path.
CREATE INDEX "endorsement_search" ON "endorsement" USING gin ("search_text" gin_trgm_ops) WHERE "state" <> 'submitted';

-- Unconfirmed sign-ups are deleted by age.
CREATE INDEX "endorsement_unconfirmed" ON "endorsement" ("submitted_at") WHERE "state" = 'submitted';

-- What the dispatcher looks for.
CREATE INDEX "mail_due" ON "mail" ("send_after") WHERE "sent_at" IS NULL AND "failed_at" IS NULL;

-- At most one unsent mail a key.
CREATE UNIQUE INDEX "mail_dedupe" ON "mail" ("dedupe_key") WHERE "sent_at" IS NULL AND "failed_at" IS NULL;

-- Sent mails are deleted by age.
CREATE INDEX "mail_sent" ON "mail" ("sent_at") WHERE "sent_at" IS NOT NULL;

-- Audit rows are only ever added.
CREATE FUNCTION "audit_event_is_append_only"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'audit_event is append-only: % refused', TG_OP USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER "audit_event_no_change" BEFORE UPDATE OR DELETE ON "audit_event"
    FOR EACH ROW EXECUTE FUNCTION "audit_event_is_append_only"();

CREATE TRIGGER "audit_event_no_truncate" BEFORE TRUNCATE ON "audit_event"
    FOR EACH STATEMENT EXECUTE FUNCTION "audit_event_is_append_only"();
