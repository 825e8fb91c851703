import { NextIntlClientProvider } from 'next-intl';
import { getMessages, getTranslations } from 'next-intl/server';
import { z } from 'zod';
import { PostedList } from '@/components/delivery/posted-list';
import { PostingForm, type PostingFields } from '@/components/delivery/posting-form';
import { PostingText } from '@/components/delivery/postings';
import { RunPage } from '@/components/running/run-page';
import { sectionPath } from '@/components/running/sections';
import { Notice } from '@/components/ui/notice';
import { letterStatus } from '@/lib/letter/rules';
import { dayIn } from '@/lib/letter/time';
import { Link } from '@/lib/platform/i18n/navigation';
import { managedPostings, type ManagedPosting } from '@/lib/posting/queries';
import { BODY_MAX, TITLE_MAX } from '@/lib/posting/schema';
import { titled, workedOn, type LetterPageProps } from '../worked-on';
import { remove, restore, savePosting } from './actions';

const viewSchema = z.object({
  done: z.enum(['posted', 'edited', 'removed', 'restored', 'changed']).optional().catch(undefined),
  edit: z.uuid().optional().catch(undefined),
});

export const generateMetadata = titled('updates');

/** A posting as its form holds it; without one, an update that bears today's date. */
function fieldsOf(posting: ManagedPosting | null, timeZone: string): PostingFields {
  const text = (language: 'ja' | 'en') => posting?.texts.find((text) => text.language === language);
  return {
    kind: posting?.kind ?? 'update',
    date: posting?.date ?? dayIn(new Date(), timeZone),
    titleJa: text('ja')?.title ?? '',
    bodyJa: text('ja')?.body ?? '',
    titleEn: text('en')?.title ?? '',
    bodyEn: text('en')?.body ?? '',
  };
}

export default async function UpdatesPage({ params, searchParams }: LetterPageProps) {
  const { locale, slug, authority: owner, letter } = await workedOn(params, 'owner');
  const { done, edit } = viewSchema.parse(await searchParams);
  const [postings, t, { running, delivery, writing }] = await Promise.all([
    managedPostings(owner),
    getTranslations({ locale, namespace: 'delivery.updates' }),
    getMessages({ locale }),
  ]);
  const edited = postings.find(({ id, removedAt }) => id === edit && !removedAt) ?? null;
  return (
    <RunPage letter={letter} current="updates" lead={t('lead')} done={done && t(`done.${done}`)}>
      {letterStatus(letter, new Date()) === 'draft' && <Notice>{t('notPublic')}</Notice>}
      <section aria-labelledby="posting">
        <h2 id="posting" className="mb-4 font-serif text-xl font-semibold">
          {edited ? t('edit') : t('new')}
        </h2>
        <NextIntlClientProvider messages={{ running, delivery, writing }}>
          <PostingForm
            key={edit ?? 'new'}
            action={savePosting}
            locale={locale}
            slug={slug}
            which={edited && { id: edited.id, version: edited.version }}
            initial={fieldsOf(edited, letter.timeZone)}
            theirs={
              edited && (
                <Notice title={t('theirs')}>
                  <div className="mt-2">
                    <PostingText posting={edited} />
                  </div>
                </Notice>
              )
            }
            limits={{ title: TITLE_MAX, body: BODY_MAX }}
          >
            {edited && (
              <Link href={sectionPath(slug, 'updates')} prefetch={false} className="inline-flex min-h-8 items-center">
                {t('cancel')}
              </Link>
            )}
          </PostingForm>
        </NextIntlClientProvider>
      </section>
      <section aria-labelledby="posted">
        <h2 id="posted" className="font-serif text-xl font-semibold">
          {t('posted')}
        </h2>
        <PostedList locale={locale} slug={slug} timeZone={letter.timeZone} postings={postings} remove={remove} restore={restore} />
      </section>
    </RunPage>
  );
}
