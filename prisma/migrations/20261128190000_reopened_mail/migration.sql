-- The mail to a representative who was told of a decision that has been taken back.
ALTER TYPE "mail_kind" ADD VALUE 'reopened' AFTER 'declined';
