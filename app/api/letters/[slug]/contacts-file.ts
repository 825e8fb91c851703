import { getTranslations } from 'next-intl/server';
import { hasLocale } from 'next-intl';
import { contentDisposition } from '@/app/api/letters/file-response';
import type { Owner } from '@/lib/coordinator/access';
import { exportContacts, type Export } from '@/lib/endorsement/contacts/commands';
import { contactsCsv } from '@/lib/endorsement/contacts/csv';
import { contactCount, contactRows } from '@/lib/endorsement/contacts/queries';
import {
  contactsHeader,
  contactsRows,
  type Cell,
  type ContactWords,
} from '@/lib/endorsement/contacts/table';
import { contactsXlsx } from '@/lib/endorsement/contacts/xlsx';
import { managedLetter } from '@/lib/letter/queries';
import { signedIn } from '@/lib/platform/auth/guard';
import { env } from '@/lib/platform/env';
import { failurePage } from '@/lib/platform/failure-page';
import { readBody, streamed } from '@/lib/platform/http';
import { routing, type Locale } from '@/lib/platform/i18n/routing';
import { languageName } from '@/lib/platform/languages';
import { CONTACTS_IN_WORKBOOK } from '@/lib/platform/limits';
import { errorName, log } from '@/lib/platform/log';

/** Maximum body size, far above that of the page's form. */
const FORM_BYTES = 1_024;

const TYPES = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

const PRIVATE = { 'Cache-Control': 'private, no-store' };

const refused = (status: number, headers: Record<string, string> = {}) =>
  new Response(null, { status, headers: { ...PRIVATE, ...headers } });

async function wordsIn(locale: Locale, zone: string): Promise<ContactWords> {
  const t = await getTranslations({ locale, namespace: 'endorsement.review' });
  const authorisation = await getTranslations({ locale, namespace: 'endorsement.authorisation' });
  return {
    name: (language) => t('contacts.columns.name', { language: languageName(language, locale) }),
    column: (column) => t(`contacts.columns.${column}`, { zone }),
    authorisation: (how) => authorisation(`how.${how}`),
    state: (state) => t(`states.${state}`),
    visibility: (visibility) => t(`contacts.visibility.${visibility}`),
    consent: (proof, revision) => t(`contacts.consent.${proof}`, { revision }),
  };
}

/** The rows, batch by batch. */
async function* batchesOf(
  owner: Owner,
  { ids, languages }: Export,
  timeZone: string,
  words: ContactWords,
): AsyncGenerator<Cell[][]> {
  for await (const rows of contactRows(owner, ids))
    yield contactsRows(rows, { languages, timeZone }, words);
}

/**
 * The contacts of a letter as a file, for its owners. By POST from our own page, since it is written
 * into the audit: a link that somebody else makes an owner follow downloads nothing.
 */
export async function contactsFile(
  request: Request,
  params: Promise<{ slug: string }>,
  format: 'csv' | 'xlsx',
): Promise<Response> {
  if (request.headers.get('origin') !== env().APP_URL) return refused(403);
  const body = await readBody(request, FORM_BYTES);
  if (body === null) return refused(413);
  const asked = new URLSearchParams(body).get('locale');
  const locale = hasLocale(routing.locales, asked) ? asked : routing.defaultLocale;
  try {
    const coordinator = await signedIn();
    if (!coordinator) return refused(303, { Location: `/${locale}/admin/sign-in` });
    const { slug } = await params;
    const found = await managedLetter(coordinator, slug, 'exportContacts', locale);
    if (!found) return refused(404);
    const { access: owner, letter } = found;
    // The page offers no workbook then.
    if (format === 'xlsx' && (await contactCount(owner)) > CONTACTS_IN_WORKBOOK)
      return refused(303, { Location: `/${locale}/admin/letters/${slug}/contacts` });
    const words = await wordsIn(locale, letter.timeZone);
    const t = await getTranslations({ locale, namespace: 'endorsement.review.contacts' });
    const exported = await exportContacts(owner);
    const header = contactsHeader(exported.languages, words);
    const batches = batchesOf(owner, exported, letter.timeZone, words);
    const file =
      format === 'csv'
        ? streamed(contactsCsv(header, batches), 'an export of contacts broke off')
        : Uint8Array.from(await contactsXlsx(header, batches));
    return new Response(file, {
      headers: {
        ...PRIVATE,
        'Content-Type': TYPES[format],
        'Content-Disposition': contentDisposition({
          as: 'attachment',
          ascii: `${slug}-contacts.${format}`,
          name: `${slug} ${t('file')}.${format}`,
        }),
      },
    });
  } catch (error) {
    log('error', 'contacts could not be exported', { error: errorName(error) });
    return failurePage(locale, true);
  }
}
