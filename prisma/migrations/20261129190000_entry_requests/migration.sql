-- A mail that confirms an erasure, a request for erasure that is taken back, a representative who corrects their name, and a link that is sent again.
ALTER TYPE "mail_kind" ADD VALUE 'erased';
ALTER TYPE "audit_action" ADD VALUE 'cancel_erasure';
ALTER TYPE "audit_action" ADD VALUE 'correct_representative';
ALTER TYPE "audit_action" ADD VALUE 'resend_link';
