-- Which entries coordinators have opened in the last minutes.
CREATE TABLE "entry_presence" (
    "endorsement_id" UUID NOT NULL,
    "coordinator_id" UUID NOT NULL,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "entry_presence_pkey" PRIMARY KEY ("endorsement_id", "coordinator_id"),
    CONSTRAINT "entry_presence_endorsement_id_fkey" FOREIGN KEY ("endorsement_id") REFERENCES "endorsement" ("id")
        ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "entry_presence_coordinator_id_fkey" FOREIGN KEY ("coordinator_id") REFERENCES "coordinator" ("id")
        ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX "entry_presence_opened_at_idx" ON "entry_presence" ("opened_at");
