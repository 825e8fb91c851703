import { useTranslations } from 'next-intl';
import { ActionButton, type ButtonAction } from '@/components/ui/action-button';
import type { OwnReason } from '@/lib/endorsement/review/reasons/schema';

/** A letter's own reasons for declining with what organizations are told, each with a button to remove it. */
export function OwnReasons({
  reasons,
  hidden,
  remove,
}: {
  reasons: OwnReason[];
  hidden: Record<string, string>;
  remove: ButtonAction;
}) {
  const t = useTranslations('endorsement.review.ownReasons');
  if (reasons.length === 0) return <p className="text-quiet">{t('none')}</p>;
  return (
    <ul className="border-t border-line">
      {reasons.map(({ id, label, texts }) => (
        <li key={id} className="flex items-start gap-4 border-b border-line py-3">
          <div className="min-w-0 grow [overflow-wrap:anywhere]">
            <p className="font-semibold">{label}</p>
            {Object.entries(texts).map(([language, text]) => (
              <p key={language} lang={language} className="mt-1 text-sm whitespace-pre-wrap">
                {text}
              </p>
            ))}
          </div>
          <ActionButton
            action={remove}
            fields={{ ...hidden, reason: id }}
            label={t('remove')}
            of={t('removeOf', { label })}
          />
        </li>
      ))}
    </ul>
  );
}
