import { useTranslations } from 'next-intl';
import type { SignedRow } from '@/lib/endorsement/review/queries';

const SIGNS = [
  'held',
  'denied',
  'mail',
  'domain',
  'name',
  'website',
  'withheld',
  'attested',
] as const;
type Sign = (typeof SIGNS)[number];

/** What of an entry's evidence a reviewer should know before opening it. */
function signsIn({ signs, visibility, proof, hidden, heldAt }: SignedRow): Sign[] {
  const has: Record<Sign, boolean> = {
    held: heldAt !== null,
    denied: signs.denied,
    mail: signs.mailFails,
    domain: signs.otherDomain,
    name: signs.sameName,
    website: signs.sameWebsite,
    withheld: visibility === 'withheld' && !hidden,
    attested: proof === 'attested',
  };
  return SIGNS.filter((sign) => has[sign]);
}

const badge = 'inline-block border px-1 text-xs whitespace-nowrap';
const tones: Record<Sign, string> = {
  held: 'border-alert text-alert',
  denied: 'border-alert text-alert',
  mail: 'border-alert text-alert',
  domain: 'border-alert text-alert',
  name: 'border-alert text-alert',
  website: 'border-alert text-alert',
  withheld: 'border-edge text-quiet',
  attested: 'border-edge text-quiet',
};

/** Badges with the evidence of a row; {@link SignsKey} explains them. */
export function RowSigns({ row }: { row: SignedRow }) {
  const t = useTranslations('endorsement.review.signs');
  const signs = signsIn(row);
  if (signs.length === 0) return null;
  return (
    <ul aria-label={t('label')} className="mt-0.5 flex flex-wrap gap-1">
      {signs.map((sign) => (
        <li key={sign} title={t(`${sign}.explanation`)} className={`${badge} ${tones[sign]}`}>
          {t(`${sign}.label`)}
        </li>
      ))}
    </ul>
  );
}

/** Explains the badges that rows have. */
export function SignsKey({ rows }: { rows: SignedRow[] }) {
  const t = useTranslations('endorsement.review.signs');
  const used = new Set(rows.flatMap(signsIn));
  if (used.size === 0) return null;
  return (
    <dl className="mt-3 space-y-1 text-xs text-quiet">
      {SIGNS.filter((sign) => used.has(sign)).map((sign) => (
        <div key={sign}>
          <dt className={`${badge} ${tones[sign]}`}>{t(`${sign}.label`)}</dt>{' '}
          <dd className="inline">{t(`${sign}.explanation`)}</dd>
        </div>
      ))}
    </dl>
  );
}
