import { getTranslations } from 'next-intl/server';
import { fileResponse } from '@/app/api/letters/file-response';
import { letterPicture } from '@/app/api/letters/[slug]/picture.png/picture';
import { sha256 } from '@/lib/platform/canonical-json';
import { env } from '@/lib/platform/env';
import { answer } from '@/lib/platform/http';

/** The picture that other sites show with a link to the home page, in Japanese or English. */
export function GET(request: Request) {
  return answer(async () => {
    const locale = new URL(request.url).searchParams.get('language') === 'ja' ? 'ja' : 'en';
    const t = await getTranslations({ locale, namespace: 'letter.home' });
    const body = await letterPicture({
      language: locale,
      kind: 'Undersigned',
      title: t('title'),
      firstLines: t('lead'),
      count: '',
      host: new URL(env().APP_URL).host,
    });
    return fileResponse(request, {
      body,
      type: 'image/png',
      sha256: sha256(body),
      immutable: false,
    });
  });
}
