-- Sign-ups under pressure, where they come from, and entries that coordinators hold (docs/decisions/0061-sign-ups-under-pressure.md).

-- CreateEnum
CREATE TYPE "pressure_mode" AS ENUM ('off', 'automatic', 'on');

-- AlterEnum
ALTER TYPE "audit_action" ADD VALUE 'hold';
ALTER TYPE "audit_action" ADD VALUE 'release';
ALTER TYPE "audit_action" ADD VALUE 'set_pressure';

-- AlterEnum
ALTER TYPE "batch_step" ADD VALUE 'hold';

-- AlterEnum
ALTER TYPE "batch_outcome" ADD VALUE 'held';

-- AlterTable
ALTER TABLE "letter" ADD COLUMN "pressure" "pressure_mode" NOT NULL DEFAULT 'automatic',
ADD COLUMN "pressure_until" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "endorsement" ADD COLUMN "held_at" TIMESTAMPTZ(3),
ADD COLUMN "held_reason" TEXT;

-- AlterTable
ALTER TABLE "review_filter" ADD COLUMN "held" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "sign_up_origin" (
    "endorsement_id" UUID NOT NULL,
    "letter_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "network" BYTEA NOT NULL,
    "domain" BYTEA NOT NULL,

    CONSTRAINT "sign_up_origin_pkey" PRIMARY KEY ("endorsement_id")
);

-- CreateTable
CREATE TABLE "used_challenge" (
    "hash" BYTEA NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "used_challenge_pkey" PRIMARY KEY ("hash")
);

-- AddForeignKey
ALTER TABLE "sign_up_origin" ADD CONSTRAINT "sign_up_origin_endorsement_id_fkey" FOREIGN KEY ("endorsement_id") REFERENCES "endorsement"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- By hand, all that follows.

-- Counted and grouped from the index alone, newest first.
CREATE INDEX "sign_up_origin_newest" ON "sign_up_origin" ("letter_id", "at" DESC) INCLUDE ("network", "domain");

-- Whatever approves: no held entry is approved.
ALTER TABLE "endorsement"
  ADD CONSTRAINT "endorsement_held" CHECK ("held_at" IS NULL OR "state" <> 'approved') NOT VALID,
  ADD CONSTRAINT "endorsement_held_reason" CHECK ("held_reason" IS NULL OR "held_at" IS NOT NULL) NOT VALID;
