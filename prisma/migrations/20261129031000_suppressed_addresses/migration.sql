-- Addresses that bounced or complained are not mailed again.

-- AlterEnum
ALTER TYPE "audit_action" ADD VALUE 'lift_suppression';

-- CreateTable
CREATE TABLE "suppressed_address" (
    "address_hash" BYTEA NOT NULL,
    "reason" "mail_outcome" NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "suppressed_address_pkey" PRIMARY KEY ("address_hash"),
    CONSTRAINT "suppressed_address_reason" CHECK ("reason" IN ('bounced', 'complained'))
);
