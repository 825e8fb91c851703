import { NextIntlClientProvider } from 'next-intl';
import { getMessages, getTranslations } from 'next-intl/server';
import { LetterShell } from '@/components/admin/letter-shell';
import { EntryLinks } from '@/components/endorsement/imports/entry-links';
import { ImportList } from '@/components/endorsement/imports/import-list';
import { ImportListForm } from '@/components/endorsement/imports/list-form';
import { Notice } from '@/components/ui/notice';
import { deniedEntries, importsOf } from '@/lib/endorsement/imports/queries';
import {
  requireLetter,
  titled,
  type LetterPageProps,
} from '@/app/[locale]/admin/letters/[slug]/access';
import { readList } from './actions';
import { formOptions } from './form-options';
import { importsViewSchema } from './view';

export const generateMetadata = titled('imports');

const heading = 'font-serif text-xl font-semibold';

export default async function ImportsPage({ params, searchParams }: LetterPageProps) {
  const { locale, slug, access, letter } = await requireLetter(params, 'attest');
  const { notice, refused } = importsViewSchema.parse(await searchParams);
  const [imports, denied, t, words, { admin, endorsement }] = await Promise.all([
    importsOf(access),
    deniedEntries(access),
    getTranslations({ locale, namespace: 'endorsement.imports' }),
    getTranslations({ locale, namespace: 'endorsement' }),
    getMessages({ locale }),
  ]);
  const { imports: said, table } = endorsement;
  return (
    <LetterShell
      letter={letter}
      current="imports"
      role={access.role}
      lead={t('lead')}
      done={notice && t(`done.${notice}`)}
    >
      {refused && (
        <Notice tone="alert" announce>
          {t(`problems.${refused}`)}
        </Notice>
      )}
      {denied.total > 0 && (
        <section aria-labelledby="denied">
          <h2 id="denied" className={heading}>
            {t('denied.title')}
          </h2>
          <p className="mt-1 text-quiet">{t('denied.lead')}</p>
          <EntryLinks
            slug={slug}
            entries={denied.entries}
            more={
              denied.total > denied.entries.length
                ? t('denied.more', { count: denied.total - denied.entries.length })
                : null
            }
          />
        </section>
      )}
      {imports.length > 0 && (
        <section aria-labelledby="imports">
          <h2 id="imports" className={heading}>
            {t('list.title')}
          </h2>
          <ImportList
            slug={slug}
            imports={imports}
            clock={{ now: new Date(), timeZone: letter.timeZone }}
          />
        </section>
      )}
      <section aria-labelledby="add">
        <h2 id="add" className={heading}>
          {t('add.title')}
        </h2>
        <p className="mt-1 mb-4 text-quiet">{t('add.lead')}</p>
        <NextIntlClientProvider
          messages={{ admin, endorsement: { imports: { add: said.add }, table } }}
        >
          <ImportListForm
            action={readList}
            hidden={{ locale, slug }}
            {...formOptions(locale, letter.listSettings, words('international'))}
          />
        </NextIntlClientProvider>
      </section>
    </LetterShell>
  );
}
