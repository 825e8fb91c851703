import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { LetterShell } from '@/components/admin/letter-shell';
import { buttonClass } from '@/components/ui/button';
import { HiddenFields } from '@/components/ui/action-button';
import { CONTACTS_IN_WORKBOOK } from '@/lib/platform/limits';
import { contactCount } from '@/lib/endorsement/contacts/queries';
import { requireLetter, type LetterPageProps } from '../access';

export async function generateMetadata({ params }: LetterPageProps): Promise<Metadata> {
  const { locale, letter } = await requireLetter(params, 'exportContacts');
  const t = await getTranslations({ locale, namespace: 'endorsement.review.contacts' });
  return { title: `${t('title')}: ${letter.title}` };
}

export default async function ContactsPage({ params }: LetterPageProps) {
  const { locale, slug, access, letter } = await requireLetter(params, 'exportContacts');
  const [t, count] = await Promise.all([
    getTranslations({ locale, namespace: 'endorsement.review.contacts' }),
    contactCount(access),
  ]);
  return (
    <LetterShell
      letter={letter}
      current="review"
      role={access.role}
      title={t('title')}
      lead={t('lead')}
    >
      <div className="max-w-prose space-y-4">
        <p>{t('inside')}</p>
        <p>{t('care')}</p>
        {/* Not an action: its response could not be a file. */}
        <form action={`/api/letters/${slug}/contacts.csv`} method="post">
          <HiddenFields fields={{ locale }} />
          <div className="flex flex-wrap gap-2">
            <button type="submit" className={buttonClass()}>
              {t('download', { format: 'CSV' })} ({t('count', { count })})
            </button>
            {count <= CONTACTS_IN_WORKBOOK && (
              <button
                type="submit"
                formAction={`/api/letters/${slug}/contacts.xlsx`}
                className={buttonClass('outline')}
              >
                {t('download', { format: 'XLSX' })} ({t('count', { count })})
              </button>
            )}
          </div>
        </form>
      </div>
    </LetterShell>
  );
}
