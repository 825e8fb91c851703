-- Who authorised a signature in the organization, how and when, where the letter asks for it.

-- CreateEnum
CREATE TYPE "authorisation" AS ENUM ('board', 'statute', 'director', 'other');

-- AlterTable
ALTER TABLE "representative" ADD COLUMN "authorised_how" "authorisation",
ADD COLUMN "authorised_by" TEXT,
ADD COLUMN "authorised_on" DATE;
