export const revalidate = 5;
export const generateStaticParams = () => [];

/** A page of a given weight that asks nothing of anybody: what the letter's page is measured against. Built for benchmarks only. */
export default async function TrivialPage({ params }: { params: Promise<{ size: string }> }) {
  const { size } = await params;
  return <p>{'x'.repeat(Number(size))}</p>;
}
