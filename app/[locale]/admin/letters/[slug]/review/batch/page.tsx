import type { Metadata } from 'next';
import { NextIntlClientProvider } from 'next-intl';
import { getMessages, getTranslations } from 'next-intl/server';
import { LetterShell } from '@/components/admin/letter-shell';
import { Selection } from '@/components/endorsement/review/batch/selection';
import { selected } from '@/lib/endorsement/review/batch/queries';
import { selectionSchema } from '@/lib/endorsement/review/batch/schema';
import { letterReasons } from '@/lib/endorsement/review/reasons/queries';
import { requireLetter, type LetterPageProps } from '../../access';
import { approveBatch, declineBatch } from './actions';

export async function generateMetadata({ params }: LetterPageProps): Promise<Metadata> {
  const { locale, letter } = await requireLetter(params, 'decide');
  const t = await getTranslations({ locale, namespace: 'endorsement.review.batch' });
  return { title: `${t('title')}: ${letter.title}` };
}

export default async function BatchSelectionPage({ params, searchParams }: LetterPageProps) {
  const { locale, slug, access, letter } = await requireLetter(params, 'decide');
  const selection = selectionSchema.parse(await searchParams);
  const t = await getTranslations({ locale, namespace: 'endorsement.review.batch' });
  const { admin, endorsement } = await getMessages();
  const { forms, batch } = endorsement.review;
  return (
    <LetterShell letter={letter} current="review" role={access.role} title={t('title')}>
      <NextIntlClientProvider messages={{ admin, endorsement: { review: { forms, batch } } }}>
        <Selection
          slug={slug}
          {...await selected(access, selection)}
          sought={selection}
          reasons={await letterReasons(access.letterId)}
          approve={approveBatch}
          decline={declineBatch}
        />
      </NextIntlClientProvider>
    </LetterShell>
  );
}
