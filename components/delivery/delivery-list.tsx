import { Addressee } from './addressee';
import { useLocale, useTranslations } from 'next-intl';
import type { DeliverySummary } from '@/lib/delivery/queries';
import { languageName, type Language } from '@/lib/platform/languages';
import { ActionButton, type ButtonAction } from '@/components/ui/action-button';
import { Link } from '@/components/ui/link';
import { Day } from '@/components/letter/times/day';
import { ChangesSinceDelivery } from './changes-since';
import { DeliveryLabel } from './delivery-label';

interface FileOf {
  number: number;
  name: string;
  language: Language;
  sha256: string;
}

function File({ href, name, sha256 }: { href: string; name: string; sha256: string }) {
  return (
    <li className="py-1.5">
      <a href={href} className="inline-flex min-h-7 items-center">
        {name}
      </a>
      <span className="block font-mono text-[0.75rem] break-all text-quiet">{sha256}</span>
    </li>
  );
}

/** A letter's deliveries for coordinators: all files with their hashes, and who has left since. */
export function DeliveryList({
  slug,
  timeZone,
  deliveries,
  files,
  tell,
}: {
  slug: string;
  timeZone: string;
  deliveries: DeliverySummary[];
  files: FileOf[];
  /** Writes to the signatories about one. */
  tell: ButtonAction;
}) {
  const t = useTranslations('delivery');
  const locale = useLocale();
  return (
    <section aria-labelledby="so-far">
      <h2 id="so-far" className="font-serif text-xl font-semibold">
        {t('deliver.soFar')}
      </h2>
      {deliveries.length === 0 && <p className="mt-3 text-quiet">{t('deliver.none')}</p>}
      <ul className="mt-3 divide-y divide-line">
        {deliveries.map((delivery) => {
          const { number, deliveredAt, addressee, counts, hash, since } = delivery;
          const at = `/api/letters/${slug}/deliveries/${number}`;
          return (
            <li key={number} className="py-5">
              <h3 className="font-semibold">
                <Link href={`/letters/${slug}/deliveries/${number}`}>
                  <DeliveryLabel delivery={delivery} />
                </Link>
              </h3>
              <p className="mb-2">
                {t.rich('deliveries.delivered', {
                  count: counts.total,
                  date: () => <Day at={deliveredAt} timeZone={timeZone} />,
                  to: () => <Addressee said={addressee} />,
                })}
              </p>
              <ChangesSinceDelivery since={since} timeZone={timeZone} />
              <div className="mt-2">
                <ActionButton
                  action={tell}
                  fields={{ locale, slug, number }}
                  label={t('deliver.tell')}
                  of={t('deliver.tellOf', { number })}
                />
              </div>
              <details className="mt-2">
                <summary className="cursor-pointer text-sm">{t('deliver.files')}</summary>
                <ul className="mt-1">
                  {files
                    .filter((file) => file.number === number)
                    .map(({ name, language, sha256 }) => (
                      <File
                        key={`${name} ${language}`}
                        href={`${at}/${name}?language=${language}`}
                        name={t('deliver.file', { name, language: languageName(language, locale) })}
                        sha256={sha256}
                      />
                    ))}
                  <File href={`${at}/delivery.json`} name="delivery.json" sha256={hash} />
                </ul>
              </details>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
