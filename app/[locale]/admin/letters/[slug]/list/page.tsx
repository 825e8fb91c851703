import { NextIntlClientProvider } from 'next-intl';
import { getMessages, getTranslations } from 'next-intl/server';
import { ListForm, type UsualHeadings } from '@/components/listing/list-form';
import { Pins } from '@/components/listing/pins';
import { RunPage } from '@/components/running/run-page';
import type { Language } from '@/lib/letter/parts';
import { lastListChange, PREVIEW_ENTRIES, previewEntries, type Preview } from '@/lib/listing/queries';
import { inList } from '@/lib/publication/lists';
import { titled, workedOn, type LetterPageProps } from '../worked-on';
import { pin, saveList } from './actions';
import { doneSchema } from './done';

/** A letter that was never published has no list. */
const EMPTY: Preview = { entries: [], pinned: [], named: 0, withheld: 0 };

export const generateMetadata = titled('list');

async function usualHeadings(locale: Language, { entries, named, withheld }: Preview): Promise<UsualHeadings[Language]> {
  const t = await getTranslations({ locale, namespace: 'letter.signatories' });
  const count = named + withheld;
  return {
    coordinating: t('coordinating', { count: entries.filter((entry) => entry.coordinating).length }),
    all: { japanese: t('headings.japanese', { count }), english: t('headings.english', { count }), date: t('headings.date', { count }) },
  };
}

export default async function ListPage({ params, searchParams }: LetterPageProps) {
  const { locale, slug, authority: owner, letter } = await workedOn(params, 'owner');
  const { id: letterId, substance, delivery, closesAt } = letter;
  const [preview, last] = await Promise.all([
    substance === null ? EMPTY : previewEntries(owner, inList({ letterId, substance, delivery, closesAt }, 'listed')),
    lastListChange(owner),
  ]);
  const done = doneSchema.parse((await searchParams).done);
  const t = await getTranslations({ locale, namespace: 'listing' });
  const { running, listing, letter: words } = await getMessages({ locale });
  return (
    <RunPage letter={letter} current="list" lead={t('lead')} done={done && t(`done.${done}`)} wide>
      <NextIntlClientProvider messages={{ running, listing, letter: { signatories: words.signatories } }}>
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
      <Pins action={pin} slug={slug} entries={preview.entries} pinned={preview.pinned} />
    </RunPage>
  );
}
