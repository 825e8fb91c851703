import { contactsFile } from '../contacts-file';

/** The contacts of a letter as CSV. */
export const POST = (request: Request, { params }: { params: Promise<{ slug: string }> }) =>
  contactsFile(request, params, 'csv');
