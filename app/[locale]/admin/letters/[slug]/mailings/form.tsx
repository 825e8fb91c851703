import { getTranslations } from 'next-intl/server';
import { MailingForm, type ChoiceLists } from '@/components/mailing/mailing-form';
import { countryNames } from '@/components/endorsement/countries';
import { categoryName } from '@/lib/letter/categories';
import type { ListSettings } from '@/lib/letter/list-settings';
import { choices } from '@/lib/mailing/queries';
import { EVERYBODY } from '@/lib/mailing/rules';
import type { MailingContent } from '@/lib/mailing/schema';
import type { Owner } from '@/lib/coordinator/access';
import type { Locale } from '@/lib/platform/i18n/routing';
import { languageName } from '@/lib/platform/languages';
import { BODY_MAX, TITLE_MAX } from '@/lib/update/schema';
import { saveMailing } from './actions';

/** The form of a mailing, with the choices of recipients that the letter's entries offer. */
export async function MailingFormOf({
  owner,
  locale,
  slug,
  settings,
  draft,
  children,
}: {
  owner: Owner;
  locale: Locale;
  slug: string;
  settings: ListSettings;
  draft?: MailingContent & { id: string; version: number };
  children?: React.ReactNode;
}) {
  const [found, t] = await Promise.all([
    choices(owner),
    getTranslations({ locale, namespace: 'mailing' }),
  ]);
  const countryName = countryNames(locale, t('international'));
  const listed = (of: Map<string, number>, nameOf: (value: string) => string | null) =>
    [...of].flatMap(([value, count]) => {
      const name = nameOf(value);
      return name === null ? [] : [{ value, name, count }];
    });
  const lists: ChoiceLists = {
    states: {
      approved: found.states.get('approved') ?? 0,
      verified: found.states.get('verified') ?? 0,
    },
    countries: listed(found.countries, countryName),
    languages: listed(found.languages, (language) => languageName(language, locale)),
    categories: listed(found.categories, (id) => categoryName(settings, id, locale)),
  };
  return (
    <MailingForm
      action={saveMailing}
      hidden={{ locale, slug, ...(draft && { id: draft.id, version: draft.version }) }}
      initial={draft ?? { texts: {}, audience: EVERYBODY }}
      choices={lists}
      limits={{ title: TITLE_MAX, body: BODY_MAX }}
    >
      {children}
    </MailingForm>
  );
}
