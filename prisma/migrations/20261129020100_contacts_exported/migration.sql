-- An owner took the contacts of a letter out of the product.
ALTER TYPE "audit_action" ADD VALUE 'export_contacts' AFTER 'merge_organizations';
