import { draftFileRoute } from '@/app/api/letters/draft-file-route';

/** Delivered PDFs are at `deliveries/{n}/letter.pdf`. */
export const GET = draftFileRoute('pdf');
