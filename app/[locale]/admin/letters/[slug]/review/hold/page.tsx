import type { Metadata } from 'next';
import { NextIntlClientProvider } from 'next-intl';
import { getMessages, getTranslations } from 'next-intl/server';
import { LetterShell } from '@/components/admin/letter-shell';
import { Holding } from '@/components/endorsement/review/holding/holding';
import { selectionSchema } from '@/lib/endorsement/review/batch/schema';
import { holdable } from '@/lib/endorsement/review/holding/queries';
import { requireLetter, type LetterPageProps } from '../../access';
import { holdEntries } from './actions';

export async function generateMetadata({ params }: LetterPageProps): Promise<Metadata> {
  const { locale, letter } = await requireLetter(params, 'hold');
  const t = await getTranslations({ locale, namespace: 'endorsement.review.holding' });
  return { title: `${t('title')}: ${letter.title}` };
}

/** The selected entries that can be held, and the form that holds them. */
export default async function HoldPage({ params, searchParams }: LetterPageProps) {
  const { locale, slug, access, letter } = await requireLetter(params, 'hold');
  const selection = selectionSchema.parse(await searchParams);
  const t = await getTranslations({ locale, namespace: 'endorsement.review.holding' });
  const { admin, endorsement } = await getMessages();
  const { forms, holding } = endorsement.review;
  return (
    <LetterShell letter={letter} current="review" role={access.role} title={t('title')}>
      <NextIntlClientProvider messages={{ admin, endorsement: { review: { forms, holding } } }}>
        <Holding
          slug={slug}
          {...await holdable(access, selection)}
          sought={selection}
          hold={holdEntries}
        />
      </NextIntlClientProvider>
    </LetterShell>
  );
}
