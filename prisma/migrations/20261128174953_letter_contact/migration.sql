-- AlterTable
ALTER TABLE "letter" ADD COLUMN     "contact_email" TEXT;
