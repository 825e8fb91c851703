import { useLocale, useTranslations } from 'next-intl';
import { PreferredName } from '@/components/organization/organization-name';
import { Notice } from '@/components/ui/notice';
import type { WithoutType } from '@/lib/delivery/without-type';
import { languageName } from '@/lib/platform/languages';

const codePoints = (sign: string) =>
  [...sign]
    .map((each) => `U+${each.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`)
    .join(' ');

/** Signs with their code points: the reader's fonts may lack them, too. */
function Signs({ signs }: { signs: string[] }) {
  return signs.map((sign, index) => (
    <span key={sign}>
      {index > 0 && ' · '}
      <bdi>{sign}</bdi> <span className="text-sm text-quiet">{codePoints(sign)}</span>
    </span>
  ));
}

/**
 * Where the PDF would print 〓, said before anything is frozen. Renders nothing if it prints
 * everything.
 */
export function SignsWithoutType({
  found: { entries, more, parts, headings },
}: {
  found: WithoutType;
}) {
  const t = useTranslations('delivery.deliver.withoutType');
  const fields = useTranslations('revision.fields');
  const locale = useLocale();
  if (entries.length + parts.length + headings.length === 0) return null;
  return (
    <div className="mt-4">
      <Notice>
        <h3 className="font-semibold">{t('title')}</h3>
        <p>{t('lead')}</p>
        <ul className="list-disc pl-5">
          {parts.map(({ language, part, signs }) => (
            <li key={`${language} ${part}`}>
              {t.rich('part', {
                part: fields(part),
                language: languageName(language, locale),
                signs: () => <Signs signs={signs} />,
              })}
            </li>
          ))}
          {headings.map(({ language, signs }, index) => (
            <li key={`heading ${index}`}>
              {t.rich('heading', {
                language: languageName(language, locale),
                signs: () => <Signs signs={signs} />,
              })}
            </li>
          ))}
          {entries.map(({ names, signs }, index) => (
            <li key={index}>
              {t.rich('entry', {
                name: () => <PreferredName names={names} />,
                signs: () => <Signs signs={signs} />,
              })}
            </li>
          ))}
        </ul>
        {more > 0 && <p>{t('more', { count: more })}</p>}
      </Notice>
    </div>
  );
}
