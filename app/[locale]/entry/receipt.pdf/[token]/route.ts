import { hasLocale } from 'next-intl';
import { typesettingProblem } from '@/lib/delivery/pdf/typesetter';
import { receiptFile } from '@/lib/delivery/receipt/file';
import { receiptWords } from '@/lib/delivery/words';
import { env } from '@/lib/platform/env';
import { routing } from '@/lib/platform/i18n/routing';
import { errorName, log } from '@/lib/platform/log';
import { tokenIn } from '@/lib/platform/tokens';
import { contentDisposition, fileName } from '@/app/api/letters/file-response';
import { entryPath } from '@/app/[locale]/entry/[token]/outcome';
import { PRIVATE } from '@/app/[locale]/entry/private-headers';

type Context = { params: Promise<{ locale: string; token: string }> };

/**
 * The receipt of the entry of a private link, as a PDF in the language of its page. Whoever cannot
 * have it is sent to that page, which says why.
 */
export async function GET(_request: Request, { params }: Context): Promise<Response> {
  const given = await params;
  const locale = hasLocale(routing.locales, given.locale) ? given.locale : routing.defaultLocale;
  const token = tokenIn(given.token) ?? 'unknown';
  const backTo = (path: string) =>
    new Response(null, { status: 303, headers: { ...PRIVATE, Location: `/${locale}${path}` } });
  try {
    const file = await receiptFile(token, locale, env().APP_URL);
    if (!file) return backTo(entryPath(token));
    const { t } = receiptWords(locale);
    return new Response(file.bytes, {
      headers: {
        ...PRIVATE,
        'Content-Type': 'application/pdf',
        'Content-Disposition': contentDisposition({
          as: 'attachment',
          ascii: `${file.slug}-receipt-${locale}.pdf`,
          name: `${fileName(file.title, t('fileName'))}.pdf`,
        }),
      },
    });
  } catch (error) {
    const isBusy = typesettingProblem(error) === 'busy';
    if (!isBusy) log('error', 'a receipt could not be made', { error: errorName(error) });
    return backTo(entryPath(token, { failed: isBusy ? 'busy' : 'no-receipt' }));
  }
}
