import { draftFileRoute } from '@/app/api/letters/draft-file-route';

/** Delivered Word files are at `deliveries/{n}/letter.docx`. */
export const GET = draftFileRoute('docx');
