import { useLocale, useTranslations } from 'next-intl';
import { OrganizationName } from '@/components/organization/organization-name';
import { buttonClass } from '@/components/ui/button';
import { Fact, Facts } from '@/components/ui/facts';
import type { KnownReaffirmation } from '@/lib/revision/reaffirmation/queries';
import { HiddenFields, type ButtonAction } from '@/components/ui/action-button';
import { loneTitle } from '@/lib/letter/rules';
import { Link } from '@/lib/platform/i18n/navigation';
import { contactValues } from '@/components/letter/contact';
import { RevisionChanges } from '@/components/revision/changes';
import { ReasonText, saysWhy } from '@/components/revision/reason';

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
  return (
    <>
      <p>{t('explanation')}</p>
      <Facts>
        <Fact name={t('organization')}>
          <OrganizationName names={names} leading={locale} />
        </Fact>
        <Fact name={t('letter')}>
          <span lang={titleLanguage} className="font-serif">
            {loneTitle(content.texts[titleLanguage]?.title ?? '')}
          </span>
        </Fact>
        {saysWhy(request.reason) && (
          <Fact name={t('reason')}>
            <ReasonText reason={request.reason} />
          </Fact>
        )}
      </Facts>
      <section aria-labelledby="changes">
        <h2 id="changes" className="font-serif text-xl font-semibold">
          {t('changes')}
        </h2>
        <div className="mt-4">
          {request.changes && <RevisionChanges changes={request.changes} />}
        </div>
        <p className="mt-4">
          <Link
            href={`/letters/${letterSlug}/revisions/${content.number}`}
            prefetch={false}
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
