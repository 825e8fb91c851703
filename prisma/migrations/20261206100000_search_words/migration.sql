-- By hand: the words of endorsements, by which the review finds others with the same name or website
-- (lib/endorsement/queries.ts). By itself, since it is built while others write.
CREATE INDEX CONCURRENTLY "endorsement_words" ON "endorsement"
    USING gin (string_to_array(translate("search_text", E'\n', ''), ' ')) WHERE "state" <> 'submitted';
