export const revalidate = 2;
export const generateStaticParams = () => [];

/**
 * A static page of a given size, the baseline for benchmarks of the letter page. Only in benchmark
 * builds.
 */
export default async function TrivialPage({ params }: { params: Promise<{ size: string }> }) {
  const { size } = await params;
  return <p>{'x'.repeat(Number(size))}</p>;
}
