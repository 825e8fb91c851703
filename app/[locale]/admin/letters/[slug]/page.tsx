import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { Review } from '@/components/review/review';
import { reviewPath } from '@/components/review/view';
import { managedLetter } from '@/lib/letter/queries';
import { letterStatus } from '@/lib/letter/rules';
import { mayDecide } from '@/lib/platform/auth/authority';
import { requireAuthority } from '@/lib/platform/auth/guard';
import { failingMails } from '@/lib/platform/mail/failures';
import { QUEUE_PAGE_SIZE, entry, queue, stateCounts } from '@/lib/review/queries';
import { localeIn } from '../../locale';
import { correctNames, decline, retry, takeStep } from './actions';
import { viewSchema } from './view';

type Props = {
  params: Promise<{ locale: string; slug: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale, slug } = await params;
  const authority = await requireAuthority(localeIn(locale), slug, 'observer');
  const [letter, t] = await Promise.all([managedLetter(authority, localeIn(locale)), getTranslations({ locale: localeIn(locale), namespace: 'admin.review' })]);
  return { title: t('title', { title: letter.title }) };
}

export default async function ReviewPage({ params, searchParams }: Props) {
  const { slug, ...where } = await params;
  const locale = localeIn(where.locale);
  const authority = await requireAuthority(locale, slug, 'observer');
  const view = viewSchema.parse(await searchParams);
  const [letter, counts, list, mails] = await Promise.all([
    managedLetter(authority, locale),
    stateCounts(authority),
    queue(authority, view),
    mayDecide(authority) ? failingMails(authority.letterId) : [],
  ]);
  // The last entry of the last page was decided, or the address is old.
  if (view.page > list.pages) redirect(`/${locale}${reviewPath(slug, { ...view, page: list.pages, at: undefined })}`);

  const openedId = view.entry ?? list.rows[Math.min(view.at ?? 0, list.rows.length - 1)]?.id;
  const [opened, decided] = await Promise.all([
    openedId ? entry(authority, openedId) : null,
    view.of && view.of !== openedId ? entry(authority, view.of) : null,
  ]);
  return (
    <Review
      letter={{
        slug,
        title: letter.title,
        titleLanguage: letter.titleLanguage,
        isPublic: letterStatus(letter, new Date()) !== 'draft',
      }}
      reader={authority}
      mayDecide={mayDecide(authority)}
      view={view}
      counts={counts}
      list={list}
      pageSize={QUEUE_PAGE_SIZE}
      opened={opened}
      decided={view.of === openedId ? opened : decided}
      mails={mails}
      clock={{ now: new Date(), timeZone: letter.timeZone }}
      actions={{ takeStep, decline, correctNames, retry }}
    />
  );
}
