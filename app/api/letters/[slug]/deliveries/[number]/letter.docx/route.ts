import { deliveryFileRoute } from '@/app/api/letters/delivery-file-route';
import { fileName, WORD_FILE_TYPE } from '@/app/api/letters/file-response';

/**
 * The delivered letter with its signatories as a Word file; immutable. `?language=` selects the
 * language of the text.
 */
export const GET = deliveryFileRoute(
  'letter.docx',
  WORD_FILE_TYPE,
  ({ slug, language, title }, number) => ({
    as: 'attachment',
    ascii: `${slug}-delivery-${number}-${language}.docx`,
    name: `${fileName(title, String(number))}.docx`,
  }),
);
