-- The form of a letter: no salutation or valediction, calls with bullets, numbers or no marks, and 記 with 以上. Revisions and
-- deliveries hold their own copy of the text and are not touched.

CREATE TYPE "call_marks" AS ENUM ('bullets', 'numbers', 'none');

ALTER TABLE "letter_text"
    ALTER COLUMN "salutation" DROP NOT NULL,
    ALTER COLUMN "valediction" DROP NOT NULL,
    ADD COLUMN "call_marks" "call_marks" NOT NULL DEFAULT 'bullets',
    ADD COLUMN "kigaki" BOOLEAN NOT NULL DEFAULT false;

-- What a text does not have is null, as in its other fields.
UPDATE "letter_text" SET "salutation" = NULL WHERE "salutation" = '';
UPDATE "letter_text" SET "valediction" = NULL WHERE "valediction" = '';
