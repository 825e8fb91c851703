import { INTERNATIONAL } from '@/lib/endorsement/schema';
import type { OwnEntry } from '@/lib/endorsement/entry/queries';
import { categoryName } from '@/lib/letter/categories';
import { fullTitle } from '@/lib/letter/rules';
import { languagesOf } from '@/lib/letter/text/content';
import { pathIn } from '@/lib/platform/i18n/routing';
import { languageName, type Language } from '@/lib/platform/languages';
import type { PrintedFact, PrintedLetter, PrintedReceipt, PrintedValue } from '../print';
import { dayIn, momentIn, receiptWords, zoneIn } from '../words';
import type { Receipt, ReceiptText } from './queries';

const text = (said: string): PrintedValue => ({ kind: 'text', text: said });
const small = (said: string): PrintedValue => ({ kind: 'small', text: said });
const address = (url: string): PrintedValue => ({ kind: 'small', text: url, href: url });

/** The steps after which an entry is in a state. */
const STEPS = {
  verified: ['confirm', 'take_back'],
  approved: ['approve', 'take_back'],
  declined: ['decline'],
  withdrawn: ['withdraw'],
} as const satisfies Record<OwnEntry['state'], OwnEntry['history'][number]['step'][]>;

/** When an entry came into its state; of many steps, the history has the newest. */
function since({ state, history }: OwnEntry): Date {
  const steps: readonly string[] = STEPS[state];
  return (history.findLast(({ step }) => steps.includes(step)) ?? history.at(-1)!).at;
}

/** The texts of a revision as letters, the authoritative one first. */
function lettersOf(
  { number, publishedAt, content: { texts, authoritativeLanguage } }: ReceiptText,
  reader: Language,
): PrintedLetter[] {
  const { t } = receiptWords(reader);
  return languagesOf(texts, authoritativeLanguage).map((language) => ({
    language,
    parts: texts[language]!,
    lists: [],
    leading: language,
    draft: null,
    running: t('running', {
      number,
      language: languageName(language, reader),
      isAuthoritative: language === authoritativeLanguage ? 'yes' : 'no',
    }),
    imprint: null,
    createdAt: publishedAt,
  }));
}

/**
 * What a receipt says in the reader's language, and the texts that were signed in all of theirs.
 * @param origin the instance's origin, for the addresses at which it can be checked
 */
export function printedReceipt(
  { entry, texts, deliveries }: Receipt,
  reader: Language,
  { origin, now }: { origin: string; now: Date },
): PrintedReceipt {
  const { t, tally, history, endorsement } = receiptWords(reader);
  const { timeZone, settings, authorised } = entry;
  const moment = (at: Date) => momentIn(reader, at, timeZone);
  const day = (at: Date) => dayIn(reader, at, timeZone);
  const page = (below = '') =>
    origin + pathIn(reader === 'ja' ? 'ja' : 'en', `/letters/${entry.letterSlug}${below}`);
  const fact = (name: string, ...values: (PrintedValue | null)[]): PrintedFact => ({
    name,
    values: values.filter((value) => value !== null),
  });
  const orNull = (said: string | null) => (said ? text(said) : null);
  const [signed] = texts;
  const titles = signed
    ? lettersOf(signed, reader).map(({ language, parts }) => fullTitle({ language, ...parts }))
    : [];
  const country =
    entry.country === INTERNATIONAL
      ? endorsement('international')
      : new Intl.DisplayNames(reader, { type: 'region' }).of(entry.country);
  const decided = [
    authorised.authorisedHow && endorsement(`authorisation.how.${authorised.authorisedHow}`),
    authorised.authorisedBy,
    // A date without a time is the same day everywhere.
    authorised.authorisedOn && dayIn(reader, authorised.authorisedOn, 'UTC'),
  ].filter(Boolean) as string[];
  const sections = [
    {
      heading: t('letter'),
      facts: [fact(t('letterTitle'), ...titles.map(text)), fact(t('letterPage'), address(page()))],
    },
    {
      heading: t('organization'),
      facts: [
        fact(endorsement('fields.name'), { kind: 'names', names: entry.names }),
        fact(endorsement('fields.country'), orNull(country ?? entry.country)),
        fact(
          endorsement('fields.category'),
          orNull(categoryName(settings, entry.category, reader)),
        ),
        fact(t('publication'), text(t(entry.visibility))),
      ],
    },
    {
      heading: t('representative'),
      facts: [
        ...entry.representatives.flatMap(({ name, role }) => [
          fact(t('representativeName'), orNull(name)),
          fact(t('representativeRole'), orNull(role)),
        ]),
        fact(endorsement('authorisation.title'), ...decided.map(text)),
      ],
    },
    {
      heading: history('title'),
      facts: entry.history.map(({ step, by, at }) =>
        fact(history(`steps.${step}`), text(t('step', { moment: moment(at), by }))),
      ),
    },
    {
      heading: t('text'),
      facts: texts.map(({ number, publishedAt, hash }) =>
        fact(
          t(number === entry.signedRevision ? 'signed' : 'standsBehind'),
          text(t('revision', { number, moment: moment(publishedAt) })),
          small(t('hash', { hash })),
          address(page(`/revisions/${number}`)),
        ),
      ),
    },
    {
      heading: t('deliveries'),
      facts: deliveries.map((delivery) =>
        fact(
          tally(delivery.tally, { number: delivery.round ?? 0 }),
          text(t('delivered', { number: delivery.number, date: day(delivery.deliveredAt) })),
          text(t('deliveredAs', { named: delivery.isNamed ? 'yes' : 'no' })),
          small(t('hash', { hash: delivery.hash })),
          address(page(`/deliveries/${delivery.number}`)),
        ),
      ),
    },
  ];
  return {
    language: reader,
    title: t('title'),
    state: t(`state.${entry.state}`, {
      date: day(since(entry)),
      by: entry.withdrawnBy ?? 'coordinator',
    }),
    sections: sections
      .map(({ heading, facts }) => ({
        heading,
        facts: facts.filter(({ values }) => values.length > 0),
      }))
      .filter(({ facts }) => facts.length > 0),
    notes: [t('asOf', { moment: moment(now), zone: zoneIn(reader, now, timeZone) }), t('check')],
    texts: texts.flatMap((signedText) => lettersOf(signedText, reader)),
    createdAt: now,
  };
}
