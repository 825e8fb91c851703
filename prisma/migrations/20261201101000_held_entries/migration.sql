-- By hand: the checks of held entries hold for the rows from before, too. By itself, since this reads the table while others write to it.
ALTER TABLE "endorsement" VALIDATE CONSTRAINT "endorsement_held";
ALTER TABLE "endorsement" VALIDATE CONSTRAINT "endorsement_held_reason";
