import { useFormatter, useTranslations } from 'next-intl';
import { PageSection } from '@/components/ui/page-section';
import type { SharedTexts, ShareLink } from '@/lib/endorsement/sharing/texts';
import { languageName } from '@/lib/platform/languages';
import { ShareText } from './share-text';
import { WebShareButton } from './web-share-button';

/** Networks that a short text can be opened in. */
const OF_SHORT = ['x', 'bluesky', 'facebook', 'line'] as const;

export interface SharePictures {
  /** Addresses of the pictures. */
  wide: string;
  square: string;
  alt: string;
}

/** The texts and pictures to share in one language. */
export function ShareSection({
  texts: { language, short, long, html, lengths },
  links,
  pictures,
  reader,
}: {
  texts: SharedTexts;
  links: Record<ShareLink, string>;
  pictures: SharePictures;
  reader: string;
}) {
  const t = useTranslations('entry.share');
  const format = useFormatter();
  const id = (what: string) => `${what}-${language}`;
  return (
    <PageSection
      id={language}
      title={t('inLanguage', { language: languageName(language, reader) })}
    >
      <ShareText
        id={id('short')}
        label={t('short')}
        hint={t('lengths', {
          lengths: format.list(
            lengths.map((one) => t('length', { ...one })),
            { type: 'unit' },
          ),
        })}
        text={short}
        language={language}
      >
        <WebShareButton text={short} label={t('webShare')} />
        <span className="text-sm text-quiet">{t('open')}</span>
        {OF_SHORT.map((network) => (
          <Outward key={network} href={links[network]}>
            {t(`networks.${network}`)}
          </Outward>
        ))}
      </ShareText>
      <ShareText id={id('long')} label={t('long')} text={long} language={language}>
        <span className="text-sm text-quiet">{t('open')}</span>
        <Outward href={links.mail}>{t('networks.mail')}</Outward>
      </ShareText>
      <ShareText id={id('html')} label={t('html')} text={html} language={language} />
      <h3 className="mt-8 font-semibold">{t('pictures')}</h3>
      <ul className="mt-3 grid gap-6 sm:grid-cols-2">
        {(['wide', 'square'] as const).map((shape) => (
          <li key={shape}>
            {/* Drawn for this page alone; Next's own image component would keep it. */}
            {/* eslint-disable-next-line @next/next/no-img-element */}
            <img
              src={pictures[shape]}
              alt={pictures.alt}
              lang={language}
              width={shape === 'wide' ? 1200 : 1080}
              height={shape === 'wide' ? 630 : 1080}
              loading="lazy"
              className="h-auto w-full border border-line"
            />
            <a href={pictures[shape]} download className="mt-2 inline-block min-h-8">
              {t(shape === 'wide' ? 'landscape' : 'square')}
            </a>
          </li>
        ))}
      </ul>
      <ShareText id={id('alt')} label={t('alt')} text={pictures.alt} language={language} />
    </PageSection>
  );
}

/** A link to another site, which learns nothing of this page. */
function Outward({ href, children }: { href: string; children: string }) {
  return (
    <a href={href} rel="noopener noreferrer" className="inline-block min-h-8 py-1">
      {children}
    </a>
  );
}
