import { NextIntlClientProvider } from 'next-intl';
import { getMessages, getTranslations } from 'next-intl/server';
import { ListForm, type UsualHeadings } from '@/components/signatories/settings-form';
import { Pins } from '@/components/signatories/pins';
import { LetterShell } from '@/components/admin/letter-shell';
import type { Language } from '@/lib/letter/text/content';
import {
  lastListChange,
  PREVIEW_ENTRIES,
  previewEntries,
  type Preview,
  type PreviewEntry,
} from '@/lib/signatories/settings/queries';
import { foldName, NAME_MAX } from '@/lib/organization/rules';
import { inList } from '@/lib/signatories/lists';
import {
  titled,
  requireLetter,
  type LetterPageProps,
} from '@/app/[locale]/admin/letters/[slug]/access';
import { pin, saveList } from './actions';
import { doneSchema } from './notice';

/** A letter that was never published has no list. */
const EMPTY: Preview = { entries: [], pinned: [], named: 0, withheld: 0 };

/** As many organizations as a coordinator can well choose from; in a longer list they search first. */
const CHOICES = 100;

/** The entries whose names hold `q`, however either is written. */
function named(entries: PreviewEntry[], q: string): PreviewEntry[] {
  const needle = foldName(q) || q.toLowerCase();
  return entries.filter(({ nameJa, nameEn, reading }) =>
    [nameJa, nameEn, reading].some((name) => name && foldName(name).includes(needle)),
  );
}

export const generateMetadata = titled('signatories');

async function usualHeadings(
  locale: Language,
  { entries, named, withheld }: Preview,
): Promise<UsualHeadings[Language]> {
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
  const { locale, slug, authority: owner, letter } = await requireLetter(params, 'owner');
  const { id: letterId, bindingRevision, delivery, closesAt } = letter;
  const [preview, last] = await Promise.all([
    bindingRevision === null
      ? EMPTY
      : previewEntries(owner, inList({ letterId, bindingRevision, delivery, closesAt }, 'listed')),
    lastListChange(owner),
  ]);
  const { done: said, find } = await searchParams;
  const done = doneSchema.parse(said);
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
      done={done && t(`done.${done}`)}
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
