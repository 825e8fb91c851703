import { deliveryFileRoute } from '@/app/api/letters/delivery-file-route';
import { fileName } from '@/app/api/letters/file-response';

/**
 * The delivered list as CSV; immutable. `?language=` selects the language of its header and notes.
 */
export const GET = deliveryFileRoute(
  'signatories.csv',
  'text/csv; charset=utf-8',
  ({ slug, language, title }, number) => ({
    as: 'attachment',
    ascii: `${slug}-delivery-${number}-signatories-${language}.csv`,
    name: `${fileName(title, `${number} ${language}`)}.csv`,
  }),
);
