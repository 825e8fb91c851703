import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { keptInput } from '@/app/[locale]/kept-input';
import { routeLocale } from '@/app/[locale]/locale';
import { endorseForm } from '../form';
import { EndorseView } from '../view';

// It shows what this browser keeps: rendered per request, never cached.
export const dynamic = 'force-dynamic';

type Params = Promise<{ locale: string; slug: string }>;

// The title is rendered by the form, which prefixes it when there are errors.
export const metadata: Metadata = {
  title: { absolute: '' },
  robots: { index: false, follow: false },
};

/** The sign-up form with what was typed before: in another language, or to mend it after sending. */
export default async function ContinuePage({ params }: { params: Params }) {
  const locale = await routeLocale(params);
  const { slug } = await params;
  const kept = await keptInput(endorseForm(slug));
  if (!kept) redirect(`/${locale}/letters/${slug}/endorse`);
  return <EndorseView locale={locale} slug={slug} kept={kept} />;
}
