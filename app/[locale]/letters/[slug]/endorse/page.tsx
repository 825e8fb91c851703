import type { Metadata } from 'next';
import { alternates, routeLocale } from '@/app/[locale]/locale';
import { EndorseView } from './view';

export const revalidate = 5;
export const generateStaticParams = () => [];

type Params = Promise<{ locale: string; slug: string }>;

export async function generateMetadata({ params }: { params: Params }): Promise<Metadata> {
  const locale = await routeLocale(params);
  const { slug } = await params;
  // The title is rendered by the form, which prefixes it when there are errors.
  return { title: { absolute: '' }, alternates: alternates(`/letters/${slug}/endorse`, locale) };
}

export default async function EndorsePage({ params }: { params: Params }) {
  const locale = await routeLocale(params);
  return <EndorseView locale={locale} slug={(await params).slug} kept={null} />;
}
