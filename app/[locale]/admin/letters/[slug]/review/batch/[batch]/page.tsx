import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { z } from 'zod';
import { LetterShell } from '@/components/admin/letter-shell';
import { BatchResult } from '@/components/endorsement/review/batch/batch-result';
import { batch } from '@/lib/endorsement/review/batch/queries';
import { requireLetter, type LetterPageProps } from '../../../access';
import { undoBatch } from '../actions';

type Props = Omit<LetterPageProps, 'params'> & {
  params: Promise<{ locale: string; slug: string; batch: string }>;
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale, letter } = await requireLetter(params, 'decide');
  const t = await getTranslations({ locale, namespace: 'endorsement.review.batch' });
  return { title: `${t('title')}: ${letter.title}` };
}

export default async function BatchPage({ params }: Props) {
  const { locale, slug, access, letter } = await requireLetter(params, 'decide');
  const id = z.uuid().safeParse((await params).batch);
  const found = id.success ? await batch(access, id.data) : null;
  if (!found) notFound();
  const t = await getTranslations({ locale, namespace: 'endorsement.review.batch' });
  return (
    <LetterShell letter={letter} current="review" role={access.role} title={t('title')}>
      <BatchResult
        slug={slug}
        batch={found}
        clock={{ now: new Date(), timeZone: letter.timeZone }}
        undo={undoBatch}
      />
    </LetterShell>
  );
}
