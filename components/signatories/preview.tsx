'use client';

import { useLocale, useTranslations } from 'next-intl';
import { useMemo } from 'react';
import { ListHeading, Names, NamesByCategory } from './signatory-list';
import { headingIn, leadingLanguage, type ListSettings } from '@/lib/letter/list-settings';
import type { Preview, PreviewEntry } from '@/lib/signatories/settings/queries';
import { inOrder } from '@/lib/signatories/settings/rules';

/** Maximum number of entries in a preview; more would be slow to lay out. */
const SHOWN = 300;

const named = ({ names, coordinating, category, signedAt }: PreviewEntry) => ({
  names,
  coordinating,
  category,
  agreedAt: signedAt,
});

/**
 * A preview of a letter's list with unsaved `settings`, using the same code for sort keys and
 * rendering as the public list.
 */
export function PreviewList({
  settings,
  preview,
  limit,
}: {
  settings: ListSettings;
  preview: Preview;
  limit: number;
}) {
  const t = useTranslations('signatories.settings.preview');
  const words = useTranslations('signatories.list');
  const locale = useLocale();
  const { by, legalFormCounts, latin, headings } = settings;
  const ordered = useMemo(
    () => inOrder(preview.entries, { by, legalFormCounts, latin }),
    [preview.entries, by, legalFormCounts, latin],
  );
  const coordinating = ordered.filter((entry) => entry.coordinating);
  const total = preview.named + preview.withheld;
  const leading = leadingLanguage(settings, locale);
  if (total === 0) return <p className="mt-3 text-quiet">{t('none')}</p>;
  return (
    <div className="letter font-serif [&>h2:first-child]:mt-4">
      {coordinating.length > 0 && (
        <>
          <ListHeading>
            {headingIn(headings.coordinating, locale, coordinating.length) ??
              words('coordinating', { count: coordinating.length })}
          </ListHeading>
          <Names of={coordinating.map(named)} leading={leading} />
        </>
      )}
      {preview.named > 0 && (
        <>
          <ListHeading>
            {headingIn(headings.all, locale, total) ?? words(`headings.${by}`, { count: total })}
          </ListHeading>
          <NamesByCategory
            of={ordered.slice(0, SHOWN).map(named)}
            categories={settings.categories}
            counts={preview.byCategory}
            leading={leading}
          />
        </>
      )}
      {preview.named > SHOWN && (
        <p className="mt-4 font-sans text-sm text-quiet">
          {preview.named > limit
            ? t('firstOf', { shown: SHOWN, ordered: limit, named: preview.named })
            : t('first', { shown: SHOWN, named: preview.named })}
        </p>
      )}
      {preview.withheld > 0 && (
        <p className="mt-4">
          {words(preview.named > 0 ? 'others' : 'withheldOnly', { count: preview.withheld })}
        </p>
      )}
    </div>
  );
}
