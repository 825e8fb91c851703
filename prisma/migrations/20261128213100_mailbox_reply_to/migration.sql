-- The local mailbox shows where replies would go.
ALTER TABLE "mailbox_message" ADD COLUMN "reply_to" TEXT;
