import { useFormatter, useLocale, useTranslations } from 'next-intl';
import { OrganizationName } from '@/components/organization/organization-name';
import { buttonClass } from '@/components/ui/button';
import { Fact, Facts } from '@/components/ui/facts';
import type { KnownReaffirmation, Step } from '@/lib/revision/reaffirmation/queries';
import { HiddenFields, type ButtonAction } from '@/components/ui/action-button';
import { LetterLink } from '@/components/letter/letter-link';
import { Link } from '@/components/ui/link';
import { contactValues } from '@/components/letter/contact';
import { RevisionChanges } from '@/components/revision/changes';
import { ReasonParagraph } from '@/components/revision/reason';

/** What one revision changed, and why. */
function StepChanges({ step, timeZone }: { step: Step; timeZone: string }) {
  const t = useTranslations('revision');
  const format = useFormatter();
  const { content, changes } = step;
  return (
    <article
      aria-labelledby={`step-${content.number}`}
      className="mt-4 space-y-4 not-first-of-type:border-t not-first-of-type:border-line not-first-of-type:pt-4"
    >
      <div>
        <h3 id={`step-${content.number}`} className="font-semibold">
          {t('number', { number: content.number })}
        </h3>
        <p className="text-sm text-quiet">
          {t(`kinds.${content.kind}`)} ·{' '}
          <time dateTime={content.publishedAt}>
            {format.dateTime(new Date(content.publishedAt), { dateStyle: 'long', timeZone })}
          </time>
        </p>
      </div>
      <ReasonParagraph reason={content.reason} />
      {changes && <RevisionChanges changes={changes} level={4} />}
    </article>
  );
}

/**
 * Asks a signatory to reaffirm after a change of substance: shows the difference and the two
 * buttons.
 */
export function ReaffirmationForm({
  request,
  token,
  action,
}: {
  request: KnownReaffirmation;
  token: string;
  action: ButtonAction;
}) {
  const t = useTranslations('revision.reaffirmation.open');
  const locale = useLocale();
  const { content, names, letterSlug } = request;
  const titleLanguage = content.texts[locale] ? locale : content.authoritativeLanguage;
  const text = content.texts[titleLanguage];
  return (
    <>
      <p>{t('explanation')}</p>
      <Facts>
        <Fact name={t('organization')}>
          <OrganizationName names={names} leading={locale} />
        </Fact>
        <Fact name={t('letter')}>
          {text && <LetterLink slug={letterSlug} text={{ ...text, language: titleLanguage }} />}
        </Fact>
      </Facts>
      <section aria-labelledby="changes">
        <h2 id="changes" className="font-serif text-xl font-semibold">
          {t('changes')}
        </h2>
        {request.steps.map((step) => (
          <StepChanges key={step.content.number} step={step} timeZone={request.timeZone} />
        ))}
        <p className="mt-4">
          <Link
            href={`/letters/${letterSlug}/revisions/${content.number}`}
            className="inline-block py-1"
          >
            {t('whole')}
          </Link>
        </p>
      </section>
      <section aria-labelledby="answer" className="border-t border-line pt-6">
        <h2 id="answer" className="font-serif text-xl font-semibold">
          {t('answer')}
        </h2>
        <form action={action} className="mt-4 space-y-6">
          <HiddenFields fields={{ token, revision: content.number, locale }} />
          <div>
            <button
              type="submit"
              name="answer"
              value="affirmed"
              aria-describedby="affirm-hint"
              className={`${buttonClass('seal')} w-full sm:w-auto`}
            >
              {t('affirm')}
            </button>
            <p id="affirm-hint" className="mt-2 text-sm text-quiet">
              {t('affirmHint', { withheld: String(request.withheld) })}
            </p>
          </div>
          <div>
            <button
              type="submit"
              name="answer"
              value="withdrawn"
              aria-describedby="withdraw-hint"
              className={`${buttonClass('outline')} w-full sm:w-auto`}
            >
              {t('withdraw')}
            </button>
            <p id="withdraw-hint" className="mt-2 text-sm text-quiet">
              {t.rich('withdrawHint', {
                withheld: String(request.withheld),
                ...contactValues(request.contact),
              })}
            </p>
          </div>
        </form>
        <p className="mt-6 text-sm text-quiet">
          {t('later', { withheld: String(request.withheld) })}
        </p>
      </section>
    </>
  );
}
