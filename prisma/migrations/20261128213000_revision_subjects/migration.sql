-- Mails and the pages behind their links name a letter as its own page does: by title and subject.
ALTER TABLE "revision_title" ADD COLUMN "subject" TEXT;
UPDATE "revision_title"
SET "subject" = NULLIF("revision"."canonical"::jsonb #>> ARRAY['texts', "revision_title"."language", 'subject'], '')
FROM "revision"
WHERE "revision"."letter_id" = "revision_title"."letter_id" AND "revision"."number" = "revision_title"."number";

CREATE OR REPLACE FUNCTION "revision_titles"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM "revision_title" WHERE "letter_id" = NEW."letter_id" AND "number" = NEW."number";
    INSERT INTO "revision_title" ("letter_id", "number", "language", "title", "subject")
    SELECT NEW."letter_id", NEW."number", "text".key, "text".value ->> 'title', NULLIF("text".value ->> 'subject', '')
    FROM jsonb_each(NEW."canonical"::jsonb -> 'texts') AS "text";
    RETURN NULL;
END $$;
