import { scaleLinear } from 'd3-scale';
import type { Progress } from '@/lib/signatories/overview/rules';

/**
 * A bar as long as the number of those who signed, filled as far as they are approved. The numbers
 * stand beside it, so it says nothing to screen readers.
 * @param most the number that the longest bar of the table stands for
 */
export function ProgressBar({
  signed,
  approved,
  most,
}: Pick<Progress, 'signed' | 'approved'> & { most: number }) {
  const width = scaleLinear([0, Math.max(1, most)], [0, 100]);
  return (
    <svg aria-hidden width="100%" height="12" className="block min-w-16">
      <rect width={`${width(signed)}%`} height="12" className="fill-indigo-wash" />
      <rect width={`${width(approved)}%`} height="12" className="fill-indigo" />
      {/* The outline shows where no colours are. */}
      <rect y="0.5" width={`${width(signed)}%`} height="11" fill="none" className="stroke-indigo" />
    </svg>
  );
}
