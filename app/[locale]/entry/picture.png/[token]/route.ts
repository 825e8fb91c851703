import { hasLocale } from 'next-intl';
import { getTranslations } from 'next-intl/server';
import { contentDisposition } from '@/app/api/letters/file-response';
import { PICTURE, sharedPicture, SQUARE } from '@/app/api/letters/[slug]/picture.png/picture';
import { pictureOf } from '@/app/[locale]/entry/picture';
import { PRIVATE } from '@/app/[locale]/entry/private-headers';
import { sharedEntry } from '@/lib/endorsement/sharing/queries';
import { env } from '@/lib/platform/env';
import { routing } from '@/lib/platform/i18n/routing';
import { errorName, log } from '@/lib/platform/log';
import { tokenIn } from '@/lib/platform/tokens';

type Context = { params: Promise<{ locale: string; token: string }> };

const refusal = (status: number, error: string) =>
  Response.json({ error }, { status, headers: PRIVATE });

/**
 * The picture that the organization of a private link shares, in the language of the path; with
 * `?shape=square`, as a square.
 */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const { locale, token } = await params;
  if (!hasLocale(routing.locales, locale)) return refusal(404, 'not-found');
  const shape = new URL(request.url).searchParams.get('shape') === 'square' ? 'square' : 'wide';
  try {
    const shared = await sharedEntry(tokenIn(token) ?? '');
    if (shared.state !== 'approved') return refusal(404, 'not-found');
    const kind = (await getTranslations({ locale, namespace: 'letter.picture' }))('kind');
    const { text } = pictureOf(shared, locale, { kind, host: new URL(env().APP_URL).host });
    const png = await sharedPicture(text, shape === 'square' ? SQUARE : PICTURE);
    return new Response(png, {
      headers: {
        ...PRIVATE,
        'Content-Type': 'image/png',
        'Content-Disposition': contentDisposition({
          as: 'inline',
          ascii: `${shared.letterSlug}-${locale}-${shape}.png`,
          name: `${shared.letterSlug}-${locale}-${shape}.png`,
        }),
      },
    });
  } catch (error) {
    log('error', 'a picture to share could not be made', { error: errorName(error) });
    return refusal(503, 'unavailable');
  }
}
