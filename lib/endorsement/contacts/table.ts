import { authorisedDay } from '@/lib/endorsement/authorisation';
import type {
  Authorisation,
  EndorsementState,
  Proof,
  Visibility,
} from '@/lib/platform/db/generated/enums';
import type { Language } from '@/lib/platform/languages';
import type { ContactRow } from './queries';

/** The columns after the organization's names. */
export const COLUMNS = [
  'representative',
  'role',
  'authorisedHow',
  'authorisedBy',
  'authorisedOn',
  'email',
  'language',
  'state',
  'visibility',
  'consent',
  'signedAt',
  'verifiedAt',
  'standsBehind',
  'agreed',
] as const;

/** The words of the file, in the language of the page. */
export interface ContactWords {
  name: (language: Language) => string;
  column: (column: (typeof COLUMNS)[number]) => string;
  authorisation: (how: Authorisation) => string;
  state: (state: EndorsementState) => string;
  visibility: (visibility: Visibility) => string;
  consent: (proof: Proof, revision: number) => string;
}

/** A cell: our words, a date or an address; a number; or what people typed, which is `free`. */
export type Cell = string | number | { free: string };

/** The names of the file's columns. */
export const contactsHeader = (languages: readonly Language[], say: ContactWords): string[] => [
  ...languages.map((language) => say.name(language)),
  ...COLUMNS.map((column) => say.column(column)),
];

/** `2025-04-23 10:12` on the clocks of a zone. */
const moment = (at: Date | null, timeZone: string): string =>
  at
    ? new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' }).format(
        at,
      )
    : '';

const free = (text: string | null | undefined): Cell => ({ free: text ?? '' });

/** Rows of the file; times are those of the zone. */
export const contactsRows = (
  rows: ContactRow[],
  { languages, timeZone }: { languages: readonly Language[]; timeZone: string },
  say: ContactWords,
): Cell[][] =>
  rows.map(({ names, representative, authorised, contact, ...row }) => [
    ...languages.map((language) => free(names[language])),
    free(representative?.name),
    free(representative?.role),
    authorised.authorisedHow ? say.authorisation(authorised.authorisedHow) : '',
    free(authorised.authorisedBy),
    authorisedDay(authorised),
    contact?.email ?? '',
    contact?.language ?? '',
    say.state(row.state),
    say.visibility(row.visibility),
    say.consent(row.proof, row.signedRevision),
    moment(row.submittedAt, timeZone),
    moment(row.verifiedAt, timeZone),
    row.revision,
    moment(row.agreedAt, timeZone),
  ]);
