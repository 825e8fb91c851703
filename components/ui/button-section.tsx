import type { ReactNode } from 'react';
import { HiddenFields, type ButtonAction } from './action-button';
import { buttonClass } from './button';
import { PageSection } from './page-section';
import { SubmitButton } from './submit-button';

/** A section of a page that explains one step, with the button that takes it. */
export function ButtonSection({
  id,
  title,
  children,
  action,
  fields,
  submit,
  look = 'outline',
}: {
  id: string;
  title: ReactNode;
  /** What the step means. */
  children: ReactNode;
  action: ButtonAction;
  fields: Record<string, string | number>;
  /** What the button says. */
  submit: ReactNode;
  /** `solid` for what the page is there for. */
  look?: 'solid' | 'outline';
}) {
  return (
    <PageSection id={id} title={title}>
      {children}
      <form action={action} className="mt-6">
        <HiddenFields fields={fields} />
        <SubmitButton className={`${buttonClass(look)} max-sm:w-full`}>{submit}</SubmitButton>
      </form>
    </PageSection>
  );
}
