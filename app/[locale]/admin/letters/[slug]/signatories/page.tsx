import { NextIntlClientProvider } from 'next-intl';
import { getMessages, getTranslations } from 'next-intl/server';
import { CategoriesForm } from '@/components/signatories/categories-form';
import { ListForm, type UsualHeadings } from '@/components/signatories/settings-form';
import { Pins } from '@/components/signatories/pins';
import { LetterShell } from '@/components/admin/letter-shell';
import type { Locale } from '@/lib/platform/i18n/routing';
import {
  lastListChange,
  listPreview,
  PREVIEW_ENTRIES,
  type Preview,
  type PreviewEntry,
} from '@/lib/signatories/settings/queries';
import { foldName } from '@/lib/organization/folding';
import { NAME_MAX } from '@/lib/organization/rules';
import {
  titled,
  requireLetter,
  type LetterPageProps,
} from '@/app/[locale]/admin/letters/[slug]/access';
import { pin, saveList, saveListCategories } from './actions';
import { noticeSchema } from './notice';

/** Maximum number of organizations in the select; longer lists require a search first. */
const CHOICES = 100;

/** The entries with a name or reading that contains `q`, comparing folded forms. */
function named(entries: PreviewEntry[], q: string): PreviewEntry[] {
  const needle = foldName(q) || q.toLowerCase();
  return entries.filter(({ names, reading }) =>
    [...Object.values(names), reading].some((name) => name && foldName(name).includes(needle)),
  );
}

export const generateMetadata = titled('signatories');

async function usualHeadings(
  locale: Locale,
  { entries, named, withheld }: Preview,
): Promise<UsualHeadings[string]> {
  const t = await getTranslations({ locale, namespace: 'signatories.list' });
  const count = named + withheld;
  return {
    coordinating: t('coordinating', {
      count: entries.filter((entry) => entry.coordinating).length,
    }),
    all: {
      japanese: t('headings.japanese', { count }),
      english: t('headings.english', { count }),
      date: t('headings.date', { count }),
    },
  };
}

export default async function ListPage({ params, searchParams }: LetterPageProps) {
  const { locale, slug, access: owner, letter } = await requireLetter(params, 'setList');
  const [preview, last] = await Promise.all([
    listPreview(owner, letter.listSettings),
    lastListChange(owner),
  ]);
  const { notice: code, find } = await searchParams;
  const notice = noticeSchema.parse(code);
  const q = typeof find === 'string' ? find.trim().slice(0, NAME_MAX) : '';
  const isLong = preview.entries.length > CHOICES;
  const found = isLong ? (q === '' ? [] : named(preview.entries, q)) : preview.entries;
  const t = await getTranslations({ locale, namespace: 'signatories.settings' });
  const { admin, signatories } = await getMessages({ locale });
  return (
    <LetterShell
      letter={letter}
      current="signatories"
      lead={t('lead')}
      done={notice && t(`done.${notice}`)}
      wide
    >
      <NextIntlClientProvider messages={{ admin, signatories }}>
        <ListForm
          action={saveList}
          slug={slug}
          settings={letter.listSettings}
          preview={preview}
          previewLimit={PREVIEW_ENTRIES}
          usual={{ ja: await usualHeadings('ja', preview), en: await usualHeadings('en', preview) }}
          lastBy={last?.by ?? null}
        />
        <CategoriesForm
          action={saveListCategories}
          slug={slug}
          categories={letter.listSettings.categories}
        />
      </NextIntlClientProvider>
      <Pins
        action={pin}
        slug={slug}
        entries={found.slice(0, CHOICES)}
        search={isLong ? { q, more: found.length > CHOICES } : null}
        pinned={preview.pinned}
      />
    </LetterShell>
  );
}
