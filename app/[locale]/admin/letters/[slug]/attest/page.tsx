import { NextIntlClientProvider } from 'next-intl';
import { getMessages, getTranslations } from 'next-intl/server';
import type { Metadata } from 'next';
import { countryOptions } from '@/components/endorsement/countries';
import { AttestForm } from '@/components/endorsement/review/attest-form';
import { LetterShell } from '@/components/admin/letter-shell';
import { NAME_MAX, READING_MAX } from '@/lib/organization/rules';
import { WEBSITE_MAX } from '@/lib/organization/website';
import { EVIDENCE_MAX } from '@/lib/endorsement/review/schema';
import { requireLetter, type LetterPageProps } from '../access';
import { attestEndorsement } from './actions';

export async function generateMetadata({ params }: LetterPageProps): Promise<Metadata> {
  const { locale, letter } = await requireLetter(params, 'attest');
  const t = await getTranslations({ locale, namespace: 'endorsement.review.attest' });
  return { title: `${t('title')}: ${letter.title}` };
}

export default async function AttestPage({ params }: LetterPageProps) {
  const { locale, slug, access, letter } = await requireLetter(params, 'attest');
  const t = await getTranslations({ locale, namespace: 'endorsement.review.attest' });
  const { admin, endorsement } = await getMessages({ locale });
  const international = (await getTranslations({ locale, namespace: 'endorsement' }))(
    'international',
  );
  const { fields, hints, marks, errors, chooseCountry, chooseCategory, review } = endorsement;
  return (
    <LetterShell
      letter={letter}
      current="review"
      role={access.role}
      title={t('title')}
      lead={t('lead')}
    >
      <NextIntlClientProvider
        messages={{
          admin,
          endorsement: {
            fields,
            hints,
            marks,
            errors,
            chooseCountry,
            chooseCategory,
            review: { attest: review.attest, forms: review.forms },
          },
        }}
      >
        <AttestForm
          action={attestEndorsement}
          slug={slug}
          categories={letter.listSettings.categories}
          countries={countryOptions(locale, international)}
          limits={{
            name: NAME_MAX,
            nameJa: NAME_MAX,
            reading: READING_MAX,
            nameEn: NAME_MAX,
            website: WEBSITE_MAX,
            evidence: EVIDENCE_MAX,
          }}
        />
      </NextIntlClientProvider>
    </LetterShell>
  );
}
