-- The review is searched by representatives' names and addresses. The application fills the column of
-- existing rows at the next start (ORDER_VERSION).
ALTER TABLE "representative" ADD COLUMN "search_text" TEXT NOT NULL DEFAULT '';

-- By parts of them. Only of confirmed addresses: a stranger can create any number of others.
CREATE INDEX "contact_search" ON "contact" USING gin ("email_key" gin_trgm_ops) WHERE "verified_at" IS NOT NULL;
