import { NextIntlClientProvider } from 'next-intl';
import { getMessages, getTranslations } from 'next-intl/server';
import { z } from 'zod';
import { UpdateList } from '@/components/update/update-list';
import { UpdateForm } from '@/components/update/update-form';
import { UpdateText } from '@/components/update/updates';
import { LetterShell } from '@/components/admin/letter-shell';
import { sectionPath } from '@/components/admin/sections';
import { Notice } from '@/components/ui/notice';
import { letterStatus } from '@/lib/letter/rules';
import { dayIn } from '@/lib/platform/dates';
import { Link } from '@/lib/platform/i18n/navigation';
import { managedUpdates } from '@/lib/update/queries';
import { BODY_MAX, TITLE_MAX } from '@/lib/update/schema';
import {
  titled,
  requireLetter,
  type LetterPageProps,
} from '@/app/[locale]/admin/letters/[slug]/access';
import { fromUpdate } from '../mailings/actions';
import { remove, restore, saveUpdate } from './actions';

const viewSchema = z.object({
  notice: z
    .enum(['posted', 'edited', 'removed', 'restored', 'changed'])
    .optional()
    .catch(undefined),
  edit: z.uuid().optional().catch(undefined),
});

export const generateMetadata = titled('updates');

export default async function UpdatesPage({ params, searchParams }: LetterPageProps) {
  const { locale, slug, access: owner, letter } = await requireLetter(params, 'postUpdates');
  const { notice, edit } = viewSchema.parse(await searchParams);
  const [updates, t, { admin, update, letter: words }] = await Promise.all([
    managedUpdates(owner),
    getTranslations({ locale, namespace: 'update.admin' }),
    getMessages({ locale }),
  ]);
  const edited = updates.find(({ id, removedAt }) => id === edit && !removedAt) ?? null;
  return (
    <LetterShell
      letter={letter}
      current="updates"
      lead={t('lead')}
      done={notice && t(`done.${notice}`)}
    >
      {letterStatus(letter, new Date()) === 'draft' && <Notice>{t('notPublic')}</Notice>}
      <section aria-labelledby="update">
        <h2 id="update" className="mb-4 font-serif text-xl font-semibold">
          {edited ? t('edit') : t('new')}
        </h2>
        <NextIntlClientProvider messages={{ admin, update, letter: { text: words.text } }}>
          <UpdateForm
            key={edit ?? 'new'}
            action={saveUpdate}
            locale={locale}
            slug={slug}
            which={edited && { id: edited.id, version: edited.version }}
            initial={
              edited ?? { kind: 'update', date: dayIn(new Date(), letter.timeZone), texts: {} }
            }
            theirs={
              edited && (
                <Notice title={t('theirs')}>
                  <div className="mt-2">
                    <UpdateText update={edited} notes="theirs" />
                  </div>
                </Notice>
              )
            }
            limits={{ title: TITLE_MAX, body: BODY_MAX }}
          >
            {edited && (
              <Link
                href={sectionPath(slug, 'updates')}
                prefetch={false}
                className="inline-flex min-h-8 items-center"
              >
                {t('cancel')}
              </Link>
            )}
          </UpdateForm>
        </NextIntlClientProvider>
      </section>
      <section aria-labelledby="posted">
        <h2 id="posted" className="font-serif text-xl font-semibold">
          {t('posted')}
        </h2>
        <UpdateList
          locale={locale}
          slug={slug}
          timeZone={letter.timeZone}
          updates={updates}
          remove={remove}
          restore={restore}
          mail={fromUpdate}
        />
      </section>
    </LetterShell>
  );
}
