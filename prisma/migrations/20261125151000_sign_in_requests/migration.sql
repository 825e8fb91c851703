-- Who asked for a sign-in link; answered in the background, so that the request does the same work for every address.
CREATE TABLE "sign_in_request" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "email" TEXT NOT NULL,
    "language" "language" NOT NULL,
    "browser_hash" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "sign_in_request_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "sign_in_request_created_at_idx" ON "sign_in_request"("created_at");

-- The browser that asked, and when the link was used: a used link says so instead of not existing.
ALTER TABLE "sign_in_token" ADD COLUMN "browser_hash" BYTEA,
    ADD COLUMN "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    ADD COLUMN "used_at" TIMESTAMPTZ(3);
CREATE INDEX "sign_in_token_identifier_created_at_idx" ON "sign_in_token"("identifier", "created_at");

-- What the dispatcher looks for in the sign-in lane, however many other mails are due.
CREATE INDEX "mail_due_sign_in" ON "mail" ("send_after") WHERE "sent_at" IS NULL AND "failed_at" IS NULL AND "kind" = 'sign_in';
