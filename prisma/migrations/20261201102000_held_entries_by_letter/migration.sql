-- By hand: the review's filter for held entries. By itself, since it is built while others write.
CREATE INDEX CONCURRENTLY "endorsement_held" ON "endorsement" ("letter_id") WHERE "held_at" IS NOT NULL;
