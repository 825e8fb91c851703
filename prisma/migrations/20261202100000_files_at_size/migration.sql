-- Deliveries are frozen first and their files made in the background; drafts are made once for all
-- server processes (docs/decisions/0062-files-at-size.md).

-- CreateTable
CREATE TABLE "delivery_request" (
    "letter_id" UUID NOT NULL,
    "requested_by_id" UUID NOT NULL,
    "requested_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "canonical" TEXT,
    "entries" JSONB,
    "tells" BOOLEAN NOT NULL,
    "made" INTEGER NOT NULL DEFAULT 0,
    "total" INTEGER NOT NULL DEFAULT 0,
    "attempts" INTEGER NOT NULL DEFAULT 1,
    "lease_id" UUID,
    "lease_until" TIMESTAMPTZ(3),
    "problem" TEXT,

    CONSTRAINT "delivery_request_pkey" PRIMARY KEY ("letter_id")
);

-- CreateTable
CREATE TABLE "draft_file" (
    "letter_id" UUID NOT NULL,
    "format" TEXT NOT NULL,
    "language" "language_tag" NOT NULL,
    "version" INTEGER,
    "title" TEXT,
    "bytes" BYTEA,
    "sha256" BYTEA,
    "refused_version" INTEGER,
    "lease_id" UUID,
    "lease_until" TIMESTAMPTZ(3),

    CONSTRAINT "draft_file_pkey" PRIMARY KEY ("letter_id","format","language")
);

-- AddForeignKey
ALTER TABLE "delivery_request" ADD CONSTRAINT "delivery_request_letter_id_fkey" FOREIGN KEY ("letter_id") REFERENCES "letter"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "delivery_request" ADD CONSTRAINT "delivery_request_requested_by_id_fkey" FOREIGN KEY ("requested_by_id") REFERENCES "coordinator"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "draft_file" ADD CONSTRAINT "draft_file_letter_id_fkey" FOREIGN KEY ("letter_id") REFERENCES "letter"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- By hand, all that follows.

-- It is being made, or says why it was not; names are kept no longer than it takes.
ALTER TABLE "delivery_request" ADD CONSTRAINT "delivery_request_state"
    CHECK (("problem" IS NULL) = ("canonical" IS NOT NULL) AND ("canonical" IS NULL) = ("entries" IS NULL));
ALTER TABLE "draft_file" ADD CONSTRAINT "draft_file_made"
    CHECK (("version" IS NULL) = ("bytes" IS NULL) AND ("bytes" IS NULL) = ("sha256" IS NULL) AND ("sha256" IS NULL) = ("title" IS NULL));

-- Files are read piece by piece, of which a compressed value would have to be unpacked as a whole each
-- time; PDF and Word files are compressed by themselves. Holds for files of new deliveries.
ALTER TABLE "delivery_file" ALTER COLUMN "bytes" SET STORAGE EXTERNAL;
ALTER TABLE "draft_file" ALTER COLUMN "bytes" SET STORAGE EXTERNAL;

-- What a public change has made out of date is not kept, as it may name who has left; who is making it goes on.
CREATE FUNCTION "forget_drafts"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE "draft_file" SET "version" = NULL, "title" = NULL, "bytes" = NULL, "sha256" = NULL
    WHERE "letter_id" = NEW."id" AND "version" IS NOT NULL;
    RETURN NULL;
END $$;
CREATE TRIGGER "letter_drafts" AFTER UPDATE OF "public_version" ON "letter"
    FOR EACH ROW EXECUTE FUNCTION "forget_drafts"();
