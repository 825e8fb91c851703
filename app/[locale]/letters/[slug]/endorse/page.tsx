import type { Metadata } from 'next';
import { textFor } from '@/lib/letter/rules';
import { alternates, routeLocale } from '@/app/[locale]/locale';
import { letterAt } from '@/app/[locale]/letters/[slug]/letter';
import { sharing } from '@/app/[locale]/letters/[slug]/sharing';
import { EndorseView } from './view';

export const revalidate = 2;
export const generateStaticParams = () => [];

type Params = Promise<{ locale: string; slug: string }>;

export async function generateMetadata({ params }: { params: Params }): Promise<Metadata> {
  const locale = await routeLocale(params);
  const { slug } = await params;
  // Without the database, the form is shown all the same.
  const letter = await letterAt(slug).catch(() => null);
  const text = letter && textFor(letter.texts, locale, letter.authoritativeLanguage);
  return {
    ...(text && sharing(letter, text, locale)),
    // Rendered by the form, which prefixes it when there are errors.
    title: { absolute: '' },
    alternates: alternates(`/letters/${slug}/endorse`, locale),
  };
}

export default async function EndorsePage({ params }: { params: Params }) {
  const locale = await routeLocale(params);
  return <EndorseView locale={locale} slug={(await params).slug} kept={null} />;
}
