import { languageName } from '@/lib/platform/languages';
import { useLocale, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import type { DeliverySummary } from '@/lib/delivery/queries';

function FileLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <li>
      <a href={href} className="inline-flex min-h-8 items-center">
        {children}
      </a>
    </li>
  );
}

/**
 * Links to a delivery's files: the PDF and the Word file in each of the letter's languages, the CSV in the reader's,
 * and the hashed JSON.
 */
export function DeliveryFiles({
  slug,
  delivery,
  children,
}: {
  slug: string;
  delivery: Pick<DeliverySummary, 'number' | 'languages' | 'hasWordFiles'>;
  children?: ReactNode;
}) {
  const t = useTranslations('delivery');
  const locale = useLocale();
  const at = `/api/letters/${slug}/deliveries/${delivery.number}`;
  const one = delivery.languages.length === 1;
  return (
    <ul aria-label={t('deliveries.filesOf')} className="flex flex-wrap gap-x-5">
      {delivery.languages.map((language) => (
        <FileLink key={language} href={`${at}/letter.pdf?language=${language}`}>
          {one
            ? t('deliveries.pdfOnly')
            : t('deliveries.pdf', { language: languageName(language, locale) })}
        </FileLink>
      ))}
      {delivery.hasWordFiles &&
        delivery.languages.map((language) => (
          <FileLink key={language} href={`${at}/letter.docx?language=${language}`}>
            {one
              ? t('deliveries.wordOnly')
              : t('deliveries.word', { language: languageName(language, locale) })}
          </FileLink>
        ))}
      <FileLink href={`${at}/signatories.csv?language=${locale}`}>{t('deliveries.csv')}</FileLink>
      <FileLink href={`${at}/delivery.json`}>{t('deliveries.json')}</FileLink>
      {children}
    </ul>
  );
}
