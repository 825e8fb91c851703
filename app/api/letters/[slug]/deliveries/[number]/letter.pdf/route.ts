import { deliveryFileRoute } from '@/app/api/letters/delivery-file-route';
import { fileName } from '@/app/api/letters/file-response';

/** The letter as delivered, with its signatories; the same bytes for ever. `?language=`: its text in this language. */
export const GET = deliveryFileRoute(
  'letter.pdf',
  'application/pdf',
  ({ slug, language, title }, number) => ({
    as: 'inline',
    ascii: `${slug}-delivery-${number}-${language}.pdf`,
    name: `${fileName(title, String(number))}.pdf`,
  }),
);
