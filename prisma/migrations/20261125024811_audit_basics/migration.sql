-- Changes that left no audit row of their own: a letter's date and authoritative text, a text removed, a posting brought back.
ALTER TYPE "audit_action" ADD VALUE 'set_basics';
ALTER TYPE "audit_action" ADD VALUE 'remove_text';
ALTER TYPE "audit_action" ADD VALUE 'restore_posting';
