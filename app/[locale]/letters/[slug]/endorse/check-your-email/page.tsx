import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { LetterLink } from '@/components/letter/letter-link';
import { Page } from '@/components/ui/page';
import { textFor } from '@/lib/letter/rules';
import { Link } from '@/components/ui/link';
import { CONFIRMATION_DAYS } from '@/lib/platform/limits';
import { keptInput } from '@/app/[locale]/kept-input';
import { routeLocale } from '@/app/[locale]/locale';
import { letterOfRoute } from '@/app/[locale]/letters/[slug]/letter';
import { endorseForm } from '../form';

// It shows the address that this browser keeps: rendered per request, never cached.
export const dynamic = 'force-dynamic';

type Params = Promise<{ locale: string; slug: string }>;

export async function generateMetadata({ params }: { params: Params }): Promise<Metadata> {
  const locale = await routeLocale(params);
  const t = await getTranslations({ locale, namespace: 'endorsement.checkYourEmail' });
  return { title: t('title'), robots: { index: false } };
}

/** In how many minutes the mail leaves, if it waits longer than others. */
function minutesTo(mailAt: string | undefined, now: Date): number | null {
  const left = mailAt === undefined ? 0 : new Date(mailAt).getTime() - now.getTime();
  return left > 0 ? Math.ceil(left / 60_000) : null;
}

/**
 * Shown after every sign-up, whether or not the address has signed before. The address comes from
 * the browser that sent the form; to others the page names nobody.
 */
export default async function CheckYourEmailPage({ params }: { params: Params }) {
  const locale = await routeLocale(params);
  const { slug } = await params;
  const letter = await letterOfRoute(slug, locale, '/endorse/check-your-email');
  const kept = await keptInput(endorseForm(slug));
  const minutes = minutesTo(kept?.mailAt, new Date());
  const text = textFor(letter.texts, locale, letter.authoritativeLanguage);
  const t = await getTranslations({ locale, namespace: 'endorsement.checkYourEmail' });
  return (
    <Page title={t('title')} lead={text && <LetterLink slug={slug} text={text} />}>
      {kept && (
        <p>
          {t.rich('sentTo', {
            email: kept.representativeEmail ?? '',
            strong: (chunks) => <strong className="wrap-anywhere">{chunks}</strong>,
            link: (chunks) => <Link href={`/letters/${slug}/endorse/continue`}>{chunks}</Link>,
          })}
        </p>
      )}
      <p>{minutes === null ? t('next') : t('later', { minutes })}</p>
      <p>{t('validity', { days: CONFIRMATION_DAYS })}</p>
      <section className="border-t border-line pt-6">
        <h2 className="font-semibold">
          {t(minutes === null ? 'noMail.title' : 'noMail.laterTitle')}
        </h2>
        <ul className="mt-3 list-disc space-y-2 pl-5">
          <li>{t('noMail.spam')}</li>
          <li>
            {t.rich('noMail.again', {
              link: (chunks) => (
                <Link href={`/letters/${slug}/endorse${kept ? '/continue' : ''}`}>{chunks}</Link>
              ),
            })}
          </li>
          <li>{t('noMail.limit')}</li>
        </ul>
      </section>
    </Page>
  );
}
