import { NextIntlClientProvider } from 'next-intl';
import { getMessages, getTranslations } from 'next-intl/server';
import { LetterShell } from '@/components/admin/letter-shell';
import { MailingList } from '@/components/mailing/mailing-list';
import { mailingsOf } from '@/lib/mailing/queries';
import {
  requireLetter,
  titled,
  type LetterPageProps,
} from '@/app/[locale]/admin/letters/[slug]/access';
import { MailingFormOf } from './form';
import { mailingsViewSchema } from './view';

export const generateMetadata = titled('mailings');

export default async function MailingsPage({ params, searchParams }: LetterPageProps) {
  const { locale, slug, access: owner, letter } = await requireLetter(params, 'sendMailings');
  const { notice } = mailingsViewSchema.parse(await searchParams);
  const [mailings, t, { admin, mailing, letter: words }] = await Promise.all([
    mailingsOf(owner),
    getTranslations({ locale, namespace: 'mailing' }),
    getMessages({ locale }),
  ]);
  return (
    <LetterShell
      letter={letter}
      current="mailings"
      role={owner.role}
      lead={t('lead')}
      done={notice && t(`done.${notice}`)}
    >
      <section aria-labelledby="so-far">
        <h2 id="so-far" className="font-serif text-xl font-semibold">
          {t('list.title')}
        </h2>
        <MailingList slug={slug} timeZone={letter.timeZone} mailings={mailings} />
      </section>
      <section aria-labelledby="new">
        <h2 id="new" className="font-serif text-xl font-semibold">
          {t('new')}
        </h2>
        <p className="mt-1 mb-4 text-quiet">{t('newLead')}</p>
        <NextIntlClientProvider messages={{ admin, mailing, letter: { text: words.text } }}>
          <MailingFormOf owner={owner} locale={locale} slug={slug} settings={letter.listSettings} />
        </NextIntlClientProvider>
      </section>
    </LetterShell>
  );
}
