import type { Metadata } from 'next';
import { NextIntlClientProvider } from 'next-intl';
import { getMessages, getTranslations } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { z } from 'zod';
import { LetterShell } from '@/components/admin/letter-shell';
import { MailPreview } from '@/components/mailing/mail-preview';
import { MailingProgress } from '@/components/mailing/mailing-progress';
import { Recipients } from '@/components/mailing/recipients';
import { SendForm } from '@/components/mailing/send-form';
import { HiddenFields } from '@/components/ui/action-button';
import { buttonClass } from '@/components/ui/button';
import { SubmitButton } from '@/components/ui/submit-button';
import { mailingText } from '@/emails/mailing';
import { renderMail } from '@/emails/render';
import { mailingOf, previewProps, reach } from '@/lib/mailing/queries';
import { env } from '@/lib/platform/env';
import { inOrder, languageName } from '@/lib/platform/languages';
import { requireLetter, type LetterPageProps } from '@/app/[locale]/admin/letters/[slug]/access';
import { cancelRest, discard, pause, resume, send, tryOut } from '../actions';
import { MailingFormOf } from '../form';
import { mailingPath, mailingsViewSchema, type MailingNotice } from '../view';

/** What is no longer true of a mailing that has been sent, where its address is opened again. */
const OF_DRAFTS: (MailingNotice | undefined)[] = ['created', 'edited', 'tried', 'posted'];

/** Stands for the token that ends mailings, where a mail is only shown. */
const NO_TOKEN = 'example';

interface Props extends LetterPageProps {
  params: Promise<{ locale: string; slug: string; mailing: string }>;
}

async function read({ params }: Props) {
  const found = await requireLetter(params, 'sendMailings');
  const id = z.uuid().safeParse((await params).mailing);
  const mailing = id.success ? await mailingOf(found.access, id.data) : null;
  return { ...found, mailing: mailing ?? notFound() };
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  const { locale, letter } = await requireLetter(props.params, 'sendMailings');
  const t = await getTranslations({ locale, namespace: 'admin' });
  return { title: t('title', { section: t('sections.mailings'), title: letter.title }) };
}

/** A draft, with its preview and what sends it; or how far a mailing has come. */
export default async function MailingPage(props: Props) {
  const { locale, slug, access: owner, letter, mailing } = await read(props);
  const { notice, live = null } = mailingsViewSchema.parse(await props.searchParams);
  const isDraft = mailing.state === 'draft';
  const [mailed, reached, t, { admin, mailing: words, letter: letterWords }] = await Promise.all([
    previewProps(owner, mailing),
    isDraft ? reach(owner, mailing.audience) : null,
    getTranslations({ locale, namespace: 'mailing' }),
    getMessages({ locale }),
  ]);
  const readers = inOrder(
    new Set([
      ...Object.keys(mailing.texts),
      ...(reached?.byLanguage.map(({ language }) => language) ?? []),
    ]),
  );
  const mails = await Promise.all(
    readers.map(async (language) => ({
      language,
      name: languageName(language, locale),
      ...(await renderMail(
        { kind: 'mailing', language, to: '', props: mailed, endingToken: NO_TOKEN },
        env().APP_URL,
      )),
    })),
  );
  const fields = { locale, slug, id: mailing.id };
  const heading = 'font-serif text-xl font-semibold';
  return (
    <LetterShell
      letter={letter}
      current="mailings"
      role={owner.role}
      title={isDraft ? t('draft.title') : mailingText(mailed, locale).said.title}
      lead={isDraft && mailing.updateId !== null ? t('draft.ofUpdate') : undefined}
      done={notice && (isDraft || !OF_DRAFTS.includes(notice)) && t(`done.${notice}`)}
    >
      {!isDraft && (
        <MailingProgress
          mailing={mailing}
          slug={slug}
          path={mailingPath(slug, mailing.id)}
          timeZone={letter.timeZone}
          live={live}
          fields={fields}
          actions={{ pause, resume, cancelRest }}
        />
      )}
      {reached && (
        <Recipients
          reach={reached}
          writtenFor={(language) => mailingText(mailed, language).language}
        />
      )}
      <section aria-labelledby="preview">
        <h2 id="preview" className={heading}>
          {t('draft.preview')}
        </h2>
        {mails.map((mail) => (
          <MailPreview key={mail.language} {...mail} />
        ))}
      </section>
      {reached && (
        <NextIntlClientProvider
          messages={{ admin, mailing: words, letter: { text: letterWords.text } }}
        >
          <section aria-labelledby="send" className="space-y-6">
            <h2 id="send" className={heading}>
              {t('send.title')}
            </h2>
            <form action={tryOut}>
              <HiddenFields fields={fields} />
              <SubmitButton className={buttonClass('outline')}>{t('draft.try')}</SubmitButton>
              <p className="mt-1 text-sm wrap-anywhere text-quiet">
                {t('draft.tryHint', { email: owner.email })}
              </p>
            </form>
            {reached.count > 0 ? (
              <SendForm
                action={send}
                hidden={{ ...fields, version: mailing.version }}
                count={reached.count}
                offersPost={mailing.updateId === null}
              />
            ) : (
              <p>{t('problems.nobody')}</p>
            )}
          </section>
          <details>
            <summary className="min-h-8 cursor-pointer font-semibold text-indigo">
              {t('draft.edit')}
            </summary>
            <div className="mt-4">
              <MailingFormOf
                owner={owner}
                locale={locale}
                slug={slug}
                settings={letter.listSettings}
                draft={mailing}
              />
            </div>
          </details>
          <form action={discard}>
            <HiddenFields fields={fields} />
            <SubmitButton className={buttonClass('outline', 'small')}>
              {t('draft.discard')}
            </SubmitButton>
          </form>
        </NextIntlClientProvider>
      )}
    </LetterShell>
  );
}
