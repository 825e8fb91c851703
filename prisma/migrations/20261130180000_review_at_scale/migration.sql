-- The queue of a letter with 100,000 entries is read in its order, a page at a time (docs/decisions/0060-kept-lists-and-counts.md).

-- DropIndex
DROP INDEX "endorsement_letter_id_state_verified_at_id_idx";

-- CreateIndex
CREATE INDEX "endorsement_letter_id_state_verified_at_submitted_at_id_idx" ON "endorsement"("letter_id", "state", "verified_at", "submitted_at", "id");

-- By hand, all that follows.

-- The settings of the list show what is pinned.
CREATE INDEX "endorsement_pinned" ON "endorsement" ("letter_id") WHERE "pin" <> 0;
