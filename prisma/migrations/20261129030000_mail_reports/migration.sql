-- What a provider reports of mails after it has taken them.

-- CreateEnum
CREATE TYPE "mail_outcome" AS ENUM ('suppressed', 'delayed', 'delivered', 'returned', 'bounced', 'complained');

-- AlterTable
ALTER TABLE "mail" ADD COLUMN     "outcome" "mail_outcome",
ADD COLUMN     "outcome_at" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "mail_event" (
    "id" TEXT NOT NULL,
    "mail_id" UUID NOT NULL,
    "outcome" "mail_outcome" NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "mail_event_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "mail_event_mail_id_idx" ON "mail_event"("mail_id");

-- AddForeignKey
ALTER TABLE "mail_event" ADD CONSTRAINT "mail_event_mail_id_fkey" FOREIGN KEY ("mail_id") REFERENCES "mail"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- By hand: reports name mails by the provider's id.
CREATE INDEX "mail_provider_id" ON "mail" ("provider_id") WHERE "provider_id" IS NOT NULL;
