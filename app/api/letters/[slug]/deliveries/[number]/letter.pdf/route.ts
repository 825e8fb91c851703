import { deliveryFileRoute } from '@/app/api/letters/delivery-file-route';
import { fileName } from '@/app/api/letters/file-response';

/**
 * The delivered letter with its signatories; immutable. `?language=` selects the language of the
 * text.
 */
export const GET = deliveryFileRoute(
  'letter.pdf',
  'application/pdf',
  ({ slug, language, title }, number) => ({
    as: 'inline',
    ascii: `${slug}-delivery-${number}-${language}.pdf`,
    name: `${fileName(title, String(number))}.pdf`,
  }),
);
