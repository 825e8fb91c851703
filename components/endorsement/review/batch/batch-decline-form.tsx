'use client';

import { useTranslations } from 'next-intl';
import { AdminForm } from '@/components/admin/admin-form';
import type { FormAction } from '@/components/ui/form-state';
import type { ReviewError } from '@/lib/endorsement/review/schema';
import { knownCode } from '@/lib/platform/forms/codes';
import { DeclineFields, type ReasonOption } from '../decline-form';

/** Form to decline several entries with one reason and one note. */
export function BatchDeclineForm({
  action,
  hidden,
  count,
  reasons,
  noteMax,
}: {
  action: FormAction;
  hidden: Record<string, string>;
  count: number;
  reasons: ReasonOption[];
  noteMax: number;
}) {
  const t = useTranslations('endorsement.review.forms');
  const submit = useTranslations('endorsement.review.batch')('decline', { count });
  return (
    <AdminForm
      action={action}
      hidden={hidden}
      submit={submit}
      problemOf={() => null}
      errorOf={(field, state) => {
        const code = knownCode<ReviewError>(t, 'errors', state.errors[field]?.[0]);
        return code && t(`errors.${code}`);
      }}
      fields={(state) => (
        <div className="space-y-2.5 text-sm">
          <DeclineFields state={state} reasons={reasons} noteMax={noteMax} mailed />
        </div>
      )}
    />
  );
}
