-- Names of withheld endorsements are stored sealed, which the servers do with rows that exist, since only they have the key.
-- A search in the review opens the newest of a letter.
CREATE INDEX "endorsement_withheld" ON "endorsement" ("letter_id", "submitted_at" DESC, "id")
    WHERE "visibility" = 'withheld' AND "state" <> 'submitted';
CREATE INDEX "endorsement_withheld_unconfirmed" ON "endorsement" ("letter_id", "submitted_at" DESC, "id")
    WHERE "visibility" = 'withheld' AND "state" = 'submitted';
