import { useLocale, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { buttonClass } from '@/components/ui/button';
import type { KnownAffirmation } from '@/lib/affirmation/queries';
import { loneTitle } from '@/lib/letter/rules';
import { Link } from '@/lib/platform/i18n/navigation';
import { RevisionChanges } from './changes';
import { ReasonText, saysWhy } from './reason';

function Row({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="grid gap-x-6 border-t border-line py-3 sm:grid-cols-[9rem_1fr]">
      <dt className="text-sm text-quiet sm:pt-0.5">{label}</dt>
      <dd className="min-w-0">{children}</dd>
    </div>
  );
}

/** What a signatory is asked after a change of substance, with the difference, and the two buttons that answer. */
export function AffirmQuestion({ question, token, action }: { question: KnownAffirmation; token: string; action: (form: FormData) => Promise<void> }) {
  const t = useTranslations('revision.affirm.open');
  const locale = useLocale();
  const { content, names, letterSlug } = question;
  const titleLanguage = content.texts[locale] ? locale : content.authoritativeLanguage;
  const given = (locale === 'ja' ? (['ja', 'en'] as const) : (['en', 'ja'] as const)).filter((language) => names[language]);
  return (
    <>
      <p>{t('explanation')}</p>
      <dl className="border-b border-line">
        <Row label={t('organization')}>
          {given.map((language, index) => (
            <span key={language} lang={language} className={index === 0 ? 'block font-semibold' : 'block text-sm text-quiet'}>
              {names[language]}
            </span>
          ))}
        </Row>
        <Row label={t('letter')}>
          <span lang={titleLanguage} className="font-serif">
            {loneTitle(content.texts[titleLanguage]?.title ?? '')}
          </span>
        </Row>
        {saysWhy(question.reason) && (
          <Row label={t('reason')}>
            <ReasonText reason={question.reason} />
          </Row>
        )}
      </dl>
      <section aria-labelledby="changes">
        <h2 id="changes" className="font-serif text-xl font-semibold">
          {t('changes')}
        </h2>
        <div className="mt-4">{question.changes && <RevisionChanges changes={question.changes} />}</div>
        <p className="mt-4">
          <Link href={`/letters/${letterSlug}/revisions/${content.number}`} prefetch={false} className="inline-block py-1">
            {t('whole')}
          </Link>
        </p>
      </section>
      <section aria-labelledby="answer" className="border-t border-line pt-6">
        <h2 id="answer" className="font-serif text-xl font-semibold">
          {t('answer')}
        </h2>
        <form action={action} className="mt-4 space-y-6">
          <input type="hidden" name="token" value={token} />
          <input type="hidden" name="revision" value={content.number} />
          <input type="hidden" name="locale" value={locale} />
          <div>
            <button type="submit" name="answer" value="affirmed" aria-describedby="affirm-hint" className={`${buttonClass('seal')} w-full sm:w-auto`}>
              {t('affirm')}
            </button>
            <p id="affirm-hint" className="mt-2 text-sm text-quiet">
              {t('affirmHint')}
            </p>
          </div>
          <div>
            <button type="submit" name="answer" value="withdrawn" aria-describedby="withdraw-hint" className={`${buttonClass('outline')} w-full sm:w-auto`}>
              {t('withdraw')}
            </button>
            <p id="withdraw-hint" className="mt-2 text-sm text-quiet">
              {t('withdrawHint')}
            </p>
          </div>
        </form>
        <p className="mt-6 text-sm text-quiet">{t('later')}</p>
      </section>
    </>
  );
}
