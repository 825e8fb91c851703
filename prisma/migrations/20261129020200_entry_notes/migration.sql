-- What coordinators write down about an entry for each other.
ALTER TYPE "audit_action" ADD VALUE 'add_note' AFTER 'take_back';
ALTER TYPE "audit_action" ADD VALUE 'delete_note' AFTER 'add_note';

CREATE TABLE "entry_note" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "endorsement_id" UUID NOT NULL,
    "author_id" UUID NOT NULL,
    "text" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "entry_note_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "entry_note_endorsement_id_fkey" FOREIGN KEY ("endorsement_id") REFERENCES "endorsement" ("id")
        ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "entry_note_author_id_fkey" FOREIGN KEY ("author_id") REFERENCES "coordinator" ("id")
        ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE INDEX "entry_note_endorsement_id_created_at_idx" ON "entry_note" ("endorsement_id", "created_at");
